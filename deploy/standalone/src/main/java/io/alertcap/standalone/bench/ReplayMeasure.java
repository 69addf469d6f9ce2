package io.alertcap.standalone.bench;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.kafka.CloudEvent;
import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/** How long a restart takes of which Kafka has much to tell. */
final class ReplayMeasure implements Measure {

  private static final int CAPTURES = 25_000;
  private static final int EVENTS = 4 * CAPTURES;
  private static final int PARTITIONS = 16;
  private static final int NODES = 500;
  private static final int ROUNDS = 3;
  private static final double AIM_SECONDS = 5;

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String question() {
    return "How long does a start take that has 100,000 events to read?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    double before = Machine.load();
    List<Double> empty = new ArrayList<>();
    List<Double> full = new ArrayList<>();
    List<Double> heap = new ArrayList<>();
    int rounds = Math.min(ROUNDS, workbench.rounds());
    try (BenchKafka kafka = BenchKafka.start(workbench.directory().resolve("replay-kafka"))) {
      kafka.createTopic(BenchKafka.COMMANDS, PARTITIONS);
      kafka.createTopic(BenchKafka.EVENTS, PARTITIONS);
      for (int i = 0; i < rounds; i++) {
        try (TriggerProcess trigger = start(workbench, kafka)) {
          empty.add(seconds(trigger.start()));
        }
      }
      publish(kafka);
      for (int i = 0; i < rounds; i++) {
        workbench.say(i, "replay");
        try (TriggerProcess trigger = start(workbench, kafka)) {
          full.add(seconds(trigger.start()));
          heap.add(trigger.liveHeapMebibytes());
        }
      }
    }
    return measured(empty, full, heap, new Measured.Load(before, Machine.load()));
  }

  private static TriggerProcess start(Workbench workbench, BenchKafka kafka)
      throws BenchFailed, InterruptedException {
    return TriggerProcess.start(
        workbench.directory().resolve("replay"), kafka.bootstrapServers(), PARTITIONS, "[]");
  }

  private static void publish(BenchKafka kafka) {
    Fleet fleet = new Fleet(NODES, Instant.now().minus(Duration.ofHours(2)));
    try (Producer<String, byte[]> producer = kafka.producer(20)) {
      for (int i = 0; i < CAPTURES; i++) {
        for (CaptureEvent event : fleet.life(i)) {
          var unused = producer.send(CloudEvent.of(BenchKafka.EVENTS, event, "/alertcap/bench"));
        }
      }
    }
  }

  private Measured measured(
      List<Double> empty, List<Double> full, List<Double> heap, Measured.Load load) {
    double base = Figure.quantile(empty, 0.5);
    List<Double> replay = full.stream().map(all -> all - base).toList();
    double median = Figure.quantile(replay, 0.5);
    return new Measured(
        name(),
        question(),
        List.of(
            "%,d events of %,d captures on %d partitions; the broker is in another process"
                .formatted(EVENTS, CAPTURES, PARTITIONS),
            "the trigger service in a process of its own with " + TriggerProcess.HEAP,
            "replay is the start with events less the start without, which is mostly the JVM's"),
        load,
        List.of(
            new Contender(
                "alertcap",
                List.of(
                    Figure.of("start without events", "s", empty),
                    Figure.of("start with 100,000 events", "s", full),
                    Figure.of("replay", "s", replay),
                    Figure.of("heap that a collection left", "MiB", heap)))),
        List.of(
            new Verdict(
                "100,000 events within 5 s", median <= AIM_SECONDS, "%.1f s".formatted(median))));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
