package io.alertcap.standalone.bench;

import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.util.List;

/** One capture at a time, at a rate that hurts. */
final class CaptureMeasure implements Measure {

  @Override
  public String name() {
    return "capture";
  }

  @Override
  public String question() {
    return "What does a capture at 250,000 packets a second lose and cost?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    List<Capturer> capturers =
        List.of(new AlertcapCapturer(), ForeignCapturer.tcpdump(), ForeignCapturer.dumpcap());
    CaptureContest contest = new CaptureContest(workbench, capturers, 1);
    double before = Machine.load();
    List<Contender> contenders = contest.hold();
    Contender ours = contenders.getFirst();
    Contender tcpdump = contenders.get(1);
    Contender dumpcap = contenders.getLast();
    return new Measured(
        name(),
        question(),
        contest.conditions(),
        new Measured.Load(before, Machine.load()),
        contenders,
        List.of(
            CaptureVerdicts.noneLost(ours),
            CaptureVerdicts.noMoreLostThan(tcpdump, ours),
            Verdict.atMost(1.1, ours, tcpdump, CaptureContest.CPU),
            Verdict.atMost(1.0, ours, dumpcap, CaptureContest.CPU)));
  }
}
