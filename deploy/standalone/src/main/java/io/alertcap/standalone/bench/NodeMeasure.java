package io.alertcap.standalone.bench;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Timings;
import io.alertcap.standalone.Standalone;
import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import io.alertcap.standalone.demo.DemoFailed;
import io.alertcap.standalone.demo.TriggerApi;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a capturer takes of its node, as a process of its own: memory, and time to begin. */
final class NodeMeasure implements Measure {

  /** Of the eight captures at once. */
  static final Duration LONG = Duration.ofSeconds(15);

  private static final int PODS = 8;
  private static final int COMMANDS = 60;
  private static final int WARM_UP = 10;
  private static final int PACKETS_EACH = 100_000;
  private static final int PACKETS_PER_SECOND_EACH = 31_250;
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double NANOS_PER_MILLI = 1e6;

  private static final double READY_AIM_MILLIS = 2_000;
  private static final double ACTIVE_AIM_MILLIS = 30;
  private static final double IDLE_AIM_MEBIBYTES = 128;
  private static final double EIGHT_AIM_MEBIBYTES = 192;

  private final Clock clock = Clock.systemUTC();

  @Override
  public String name() {
    return "node";
  }

  @Override
  public String question() {
    return "What does a capturer take of its node, and how soon does it begin?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    double before = Machine.load();
    Path directory = workbench.directory();
    try (Links links = Links.make(PODS, directory);
        Standalone pipeline =
            Standalone.start(
                ConfigurationSource.file(NodeFiles.pipeline(directory, links.targets())));
        TriggerApi trigger = new TriggerApi(pipeline.triggerUri())) {
      Node node = Node.of(directory, pipeline);
      List<Double> starts = starts(workbench, node);
      try (CapturerProcess capturer = node.start()) {
        double idle = capturer.mostMebibytes(IDLE);
        workbench.progress().accept("%d captures, one after another".formatted(COMMANDS));
        List<Double> active = begin(trigger, links.targets().getFirst());
        workbench.progress().accept("%d captures at once".formatted(PODS));
        double eight = eightAtOnce(trigger, links, capturer);
        double after = capturer.mostMebibytes(IDLE);
        return measured(
            new Figures(starts, active, idle, eight, after),
            new Measured.Load(before, Machine.load()));
      }
    } catch (DemoFailed | Standalone.CannotStart e) {
      throw new BenchFailed("The pipeline does not do its work: " + e.getMessage(), e);
    }
  }

  /** The first one writes the cache that the others start from, and does not count. */
  private static List<Double> starts(Workbench workbench, Node node)
      throws BenchFailed, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int round = -1; round < workbench.rounds(); round++) {
      try (CapturerProcess capturer = node.start()) {
        if (round >= 0) {
          workbench.say(round, "start");
          millis.add(capturer.untilReady().toNanos() / NANOS_PER_MILLI);
        }
      }
    }
    return millis;
  }

  private List<Double> begin(TriggerApi trigger, String pod)
      throws DemoFailed, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = -WARM_UP; i < COMMANDS; i++) {
      CaptureId id = trigger.post(NodeFiles.alert(pod, "short", clock.instant()));
      Timings timings = trigger.await(id, CaptureStatus.COMPLETED, PATIENCE).timings();
      if (i >= 0) {
        millis.add(
            Duration.between(
                        timings.commandedAt().orElseThrow(), timings.filterActiveAt().orElseThrow())
                    .toNanos()
                / NANOS_PER_MILLI);
      }
    }
    return millis;
  }

  private double eightAtOnce(TriggerApi trigger, Links links, CapturerProcess capturer)
      throws BenchFailed, DemoFailed, InterruptedException {
    List<CaptureId> ids = new ArrayList<>();
    for (String pod : links.targets()) {
      ids.add(trigger.post(NodeFiles.alert(pod, "long", clock.instant())));
    }
    for (CaptureId id : ids) {
      trigger.await(id, CaptureStatus.STARTED, PATIENCE);
    }
    links.send(PACKETS_EACH, PACKETS_PER_SECOND_EACH);
    double most = capturer.mostMebibytes(LONG);
    for (CaptureId id : ids) {
      trigger.await(id, CaptureStatus.COMPLETED, PATIENCE);
    }
    return most;
  }

  private Measured measured(Figures seen, Measured.Load load) {
    double ready = Figure.quantile(seen.starts(), 0.5);
    double active = Figure.quantile(seen.active(), 0.5);
    return new Measured(
        name(),
        question(),
        List.of(
            "the capturer by the launcher, in a process of its own; the rest in one other process",
            "%d commands one after another, after %d that do not count; then %d captures at once of"
                    .formatted(COMMANDS, WARM_UP, PODS)
                + " %,d packets each, which are enriched and uploaded meanwhile"
                    .formatted(PACKETS_EACH)),
        load,
        List.of(
            new Contender(
                "alertcap",
                List.of(
                    Figure.of("start → ready", "ms", seen.starts()),
                    Figure.of("command → filter active", "ms", seen.active()),
                    Figure.of("resident when idle", "MiB", List.of(seen.idle())),
                    Figure.of("resident with eight captures", "MiB", List.of(seen.eight())),
                    Figure.of("resident afterwards", "MiB", List.of(seen.after()))))),
        List.of(
            atMost("start → ready, median", READY_AIM_MILLIS, ready, "ms"),
            atMost("command → filter active, median", ACTIVE_AIM_MILLIS, active, "ms"),
            atMost("idle", IDLE_AIM_MEBIBYTES, seen.idle(), "MiB"),
            atMost("eight captures", EIGHT_AIM_MEBIBYTES, seen.eight(), "MiB")));
  }

  private static Verdict atMost(String what, double aim, double seen, String unit) {
    return new Verdict(
        "%s: at most %,.0f %s".formatted(what, aim, unit),
        seen <= aim,
        "%,.1f %s".formatted(seen, unit));
  }

  private record Figures(
      List<Double> starts, List<Double> active, double idle, double eight, double after) {}

  /** How the capturer is started each time. */
  private record Node(Path configuration, int port, Path credentials) {

    static Node of(Path directory, Standalone pipeline) throws BenchFailed {
      int port = NodeFiles.freePort();
      return new Node(
          NodeFiles.capturer(directory, pipeline.bootstrapServers(), pipeline.s3Endpoint(), port),
          port,
          directory.resolve("node-data").resolve("s3-credentials"));
    }

    CapturerProcess start() throws BenchFailed, InterruptedException {
      return CapturerProcess.start(
          configuration,
          port,
          Map.of("AWS_SHARED_CREDENTIALS_FILE", credentials.toString(), "ALERTCAP_BUILDS", "yes"));
    }
  }
}
