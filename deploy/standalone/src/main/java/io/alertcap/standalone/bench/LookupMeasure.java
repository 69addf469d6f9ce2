package io.alertcap.standalone.bench;

import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.ContainerProcesses;
import io.alertcap.capturer.container.ProcessLookup;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.standalone.bench.Crowd.Member;
import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a container's ID to its process, proved to be the right one. */
final class LookupMeasure implements Measure {

  private static final Path PROC = Path.of("/proc");
  private static final int LOOKUPS_A_ROUND = 50;
  private static final int SEARCHES_A_ROUND = 5;
  private static final double AIM_MILLIS = 2;
  private static final String MEDIAN = "median";

  private final ContainerProcesses processes =
      new CgroupContainerProcesses(PROC, Crowd.cgroupRoot());
  private final NamespaceDoor door = new NamespaceDoor(PROC, List.of());

  /** A way from an ID to a PID. */
  private interface Way {
    boolean leadsTo(Member member) throws BenchFailed, InterruptedException;
  }

  @Override
  public String name() {
    return "lookup";
  }

  @Override
  public String question() {
    return "How long does it take from a container's ID to its verified process?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    double before = Machine.load();
    workbench.progress().accept("starting %,d processes".formatted(crowd()));
    Timings ours = new Timings();
    Timings theirs = new Timings();
    try (Crowd crowd = Crowd.gather()) {
      warmUp();
      for (int round = 0; round < workbench.rounds(); round++) {
        workbench.say(round, "lookups");
        ours.add(crowd, LOOKUPS_A_ROUND, this::lookUp);
        theirs.add(crowd, SEARCHES_A_ROUND, LookupMeasure::search);
      }
    }
    Contender lookup = ours.of("alertcap");
    double median = lookup.figure(MEDIAN).median();
    return new Measured(
        name(),
        question(),
        List.of(
            "%d containers in as many pods, %,d processes".formatted(Crowd.CONTAINERS, crowd()),
            "%d rounds of %d lookups and %d searches, for any of them; process and namespace proved"
                .formatted(workbench.rounds(), LOOKUPS_A_ROUND, SEARCHES_A_ROUND)),
        new Measured.Load(before, Machine.load()),
        List.of(lookup, theirs.of("ps -ef | grep")),
        List.of(
            new Verdict(
                "median at most %.0f ms".formatted(AIM_MILLIS),
                median <= AIM_MILLIS,
                "%.2f ms".formatted(median))));
  }

  private boolean lookUp(Member member) {
    if (!(processes.find(member.id(), Optional.of(member.podUid()))
        instanceof ProcessLookup.Found(var process))) {
      return false;
    }
    // The crowd has no networks of its own: what is proved is the same, whatever comes of it.
    Admission admission = door.open(process, true);
    if (admission instanceof Admission.Granted(var namespace)) {
      namespace.close();
      return process.pid() == member.pid();
    }
    return false;
  }

  /** As a person would, and a person's eyes would skip the grep itself. */
  private static boolean search(Member member) throws BenchFailed, InterruptedException {
    String lines = Programs.run("sh", "-c", "ps -ef | grep -- \"$0\"", member.id().hex());
    return lines.lines().anyMatch(line -> line.matches("\\S+ +" + member.pid() + " .*"));
  }

  private static void warmUp() throws BenchFailed {
    try {
      NamespaceDoor.warmUp();
    } catch (IOException e) {
      throw new BenchFailed("Namespaces cannot be entered here: " + e.getMessage(), e);
    }
  }

  private static int crowd() {
    return Crowd.CONTAINERS * Crowd.PROCESSES_EACH;
  }

  /** How long one way took, in milliseconds. */
  private static final class Timings {

    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Double> medians = new ArrayList<>();
    private final List<Double> slow = new ArrayList<>();
    private final List<Double> right = new ArrayList<>();
    private double first = Double.NaN;

    void add(Crowd crowd, int times, Way way) throws BenchFailed, InterruptedException {
      List<Double> millis = new ArrayList<>();
      int found = 0;
      for (int i = 0; i < times; i++) {
        Member member = crowd.anyOne();
        long start = System.nanoTime();
        boolean isRight = way.leadsTo(member);
        millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
        found += isRight ? 1 : 0;
      }
      first = medians.isEmpty() ? millis.getFirst() : first;
      medians.add(Figure.quantile(millis, 0.5));
      slow.add(Figure.quantile(millis, 0.95));
      right.add(100.0 * found / times);
    }

    Contender of(String name) {
      return new Contender(
          name,
          List.of(
              Figure.of(MEDIAN, "ms", medians),
              Figure.of("95 of 100 are faster than", "ms", slow),
              Figure.of("the first of all", "ms", List.of(first)),
              Figure.of("right process found", "%", right)));
    }
  }
}
