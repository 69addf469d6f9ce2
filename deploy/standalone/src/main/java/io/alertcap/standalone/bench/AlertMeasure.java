package io.alertcap.standalone.bench;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Timings;
import io.alertcap.standalone.Standalone;
import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import io.alertcap.standalone.demo.DemoFailed;
import io.alertcap.standalone.demo.DemoFiles;
import io.alertcap.standalone.demo.DemoNetwork;
import io.alertcap.standalone.demo.TriggerApi;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From an alert to the first moment from which every packet is kept, through the whole pipeline.
 */
final class AlertMeasure implements Measure {

  private static final int ALERTS = 100;
  private static final int WARM_UP = 10;
  private static final Duration CAPTURE = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final double MEDIAN_AIM = 40;
  private static final double P99_AIM = 150;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Clock clock = Clock.systemUTC();

  @Override
  public String name() {
    return "alert";
  }

  @Override
  public String question() {
    return "How long does it take from a webhook to a filter that is active?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    double before = Machine.load();
    List<Double> accepted = new ArrayList<>();
    List<Timings> timings = new ArrayList<>();
    try (DemoNetwork network = DemoNetwork.build();
        Standalone pipeline = start(workbench.directory(), network);
        TriggerApi trigger = new TriggerApi(pipeline.triggerUri())) {
      for (int i = -WARM_UP; i < ALERTS; i++) {
        long start = System.nanoTime();
        CaptureId id = trigger.post(DemoFiles.alert(clock.instant()));
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        CaptureRecord record = trigger.await(id, CaptureStatus.COMPLETED, PATIENCE);
        if (i >= 0) {
          accepted.add(millis);
          timings.add(record.timings());
        }
      }
    } catch (DemoFailed | Standalone.CannotStart e) {
      throw new BenchFailed("The pipeline does not do its work: " + e.getMessage(), e);
    }
    return measured(accepted, timings, new Measured.Load(before, Machine.load()));
  }

  private static Standalone start(Path directory, DemoNetwork network)
      throws DemoFailed, Standalone.CannotStart {
    Path configuration = DemoFiles.write(directory.resolve("pipeline"), CAPTURE, network);
    return Standalone.start(ConfigurationSource.file(configuration));
  }

  private Measured measured(List<Double> accepted, List<Timings> timings, Measured.Load load) {
    List<Double> active =
        timings.stream().map(it -> millis(it.alertReceivedAt(), it.filterActiveAt())).toList();
    List<Double> commanded =
        timings.stream().map(it -> millis(it.commandedAt(), it.filterActiveAt())).toList();
    List<Double> uploaded =
        timings.stream().map(it -> millis(it.closedAt(), it.uploadedAt())).toList();
    double median = Figure.quantile(active, 0.5);
    double p99 = Figure.quantile(active, 0.99);
    return new Measured(
        name(),
        question(),
        List.of(
            "broker, S3 server and both services in one process, on loopback",
            "%d alerts one after another, after %d that do not count; each captures for %d ms"
                .formatted(ALERTS, WARM_UP, CAPTURE.toMillis())),
        load,
        List.of(
            new Contender(
                "alertcap",
                List.of(
                    Figure.of("webhook → filter active", "ms", active),
                    Figure.of("the same, 99 of 100 are faster than", "ms", List.of(p99)),
                    Figure.of("command → filter active", "ms", commanded),
                    Figure.of("webhook → 202", "ms", accepted),
                    Figure.of("file closed → in S3", "ms", uploaded)))),
        List.of(
            new Verdict("median at most 40 ms", median <= MEDIAN_AIM, "%.1f ms".formatted(median)),
            new Verdict("99 of 100 within 150 ms", p99 <= P99_AIM, "%.1f ms".formatted(p99))));
  }

  private static double millis(Optional<Instant> from, Optional<Instant> to) {
    return Duration.between(from.orElseThrow(), to.orElseThrow()).toNanos() / NANOS_PER_MILLI;
  }
}
