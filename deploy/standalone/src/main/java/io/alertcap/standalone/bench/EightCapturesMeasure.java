package io.alertcap.standalone.bench;

import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.util.List;

/** As many captures at once as a node allows unless it is told otherwise. */
final class EightCapturesMeasure implements Measure {

  private static final int CAPTURES = 8;

  @Override
  public String name() {
    return "eight-captures";
  }

  @Override
  public String question() {
    return "What do eight captures at once lose and cost, at the same rate in all?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    List<Capturer> capturers = List.of(new AlertcapCapturer(), ForeignCapturer.tcpdump());
    CaptureContest contest = new CaptureContest(workbench, capturers, CAPTURES);
    double before = Machine.load();
    List<Contender> contenders = contest.hold();
    Contender ours = contenders.getFirst();
    return new Measured(
        name(),
        question(),
        contest.conditions(),
        new Measured.Load(before, Machine.load()),
        contenders,
        List.of(
            CaptureVerdicts.noneLost(ours),
            Verdict.atMost(1.2, ours, contenders.getLast(), CaptureContest.CPU)));
  }
}
