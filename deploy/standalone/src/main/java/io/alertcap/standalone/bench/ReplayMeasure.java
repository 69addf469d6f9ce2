package io.alertcap.standalone.bench;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.kafka.CloudEvent;
import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/** What a long past costs: to read it once, to start with it, and to look something up in it. */
final class ReplayMeasure implements Measure {

  private static final int EVENTS_OF_EACH = 4;
  private static final int PARTITIONS = 16;
  private static final int NODES = 500;
  private static final int ROUNDS = 3;

  private static final double AIM_EVENTS_PER_SECOND = 10_000;
  private static final double AIM_RESTART_SECONDS = 5;
  private static final double AIM_LIST_MILLIS = 50;

  /** On the topic, and again as the record, where they are compressed. */
  private static final long BYTES_OF_EACH = 25_000;

  private final List<Double> empty = new ArrayList<>();
  private final List<Double> eventsPerSecond = new ArrayList<>();
  private final List<Double> restart = new ArrayList<>();
  private final List<Double> list = new ArrayList<>();
  private final List<Double> heap = new ArrayList<>();

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String question() {
    return "What does a record of many captures cost?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    workbench.needRoom(BYTES_OF_EACH * workbench.captures());
    double before = Machine.load();
    int rounds = Math.min(ROUNDS, workbench.rounds());
    try (BenchKafka kafka = BenchKafka.start(workbench.directory().resolve("replay-kafka"))) {
      kafka.createTopic(BenchKafka.COMMANDS, PARTITIONS);
      kafka.createTopic(BenchKafka.EVENTS, PARTITIONS);
      for (int i = 0; i < rounds; i++) {
        try (TriggerProcess trigger = start(directory(workbench, "empty", i), kafka)) {
          empty.add(seconds(trigger.start()));
        }
      }
      workbench.progress().accept("publishing %,d captures".formatted(workbench.captures()));
      publish(kafka, workbench.captures());
      for (int i = 0; i < rounds; i++) {
        workbench.say(i, "replay");
        round(workbench, directory(workbench, "replay", i), kafka);
      }
    }
    return measured(workbench.captures(), new Measured.Load(before, Machine.load()));
  }

  private void round(Workbench workbench, Path directory, BenchKafka kafka)
      throws BenchFailed, InterruptedException {
    try (TriggerProcess first = start(directory, kafka)) {
      double reading = seconds(first.start()) - Figure.quantile(empty, 0.5);
      eventsPerSecond.add(EVENTS_OF_EACH * workbench.captures() / reading);
    }
    try (TriggerProcess again = start(directory, kafka)) {
      restart.add(seconds(again.start()));
      for (String filter : filters(workbench.captures() / 2)) {
        list.add(millis(again, filter));
      }
      heap.add(again.liveHeapMebibytes());
    }
  }

  /** Of a capture in the middle; each is asked for twice, since the first one wakes the classes. */
  private static List<String> filters(int pod) {
    String name = Fleet.pod(pod);
    List<String> filters =
        List.of(
            "",
            "?namespace=shop",
            "?pod=" + name,
            "?node=worker-0001",
            "?rule=" + Fleet.RULE,
            "?alertname=DNSLatencyHigh",
            "?status=completed",
            "?status=failed",
            "?namespace=shop&node=worker-0001&status=completed",
            "?namespace=other&rule=" + Fleet.RULE);
    List<String> twice = new ArrayList<>(filters);
    twice.addAll(filters);
    return twice;
  }

  private static double millis(TriggerProcess trigger, String filter)
      throws BenchFailed, InterruptedException {
    long before = System.nanoTime();
    String page = trigger.get("/api/v1/captures" + filter);
    if (!page.startsWith("{\"captures\":[")) {
      throw new BenchFailed("The list " + filter + " is none: " + page);
    }
    return (System.nanoTime() - before) / 1e6;
  }

  private static Path directory(Workbench workbench, String name, int round) {
    return workbench.directory().resolve(name + "-" + round);
  }

  private static TriggerProcess start(Path directory, BenchKafka kafka)
      throws BenchFailed, InterruptedException {
    return TriggerProcess.start(directory, kafka.bootstrapServers(), PARTITIONS, "[]");
  }

  private static void publish(BenchKafka kafka, int captures) {
    Fleet fleet = new Fleet(NODES, Instant.now().minus(Duration.ofHours(2)));
    try (Producer<String, byte[]> producer = kafka.producer(20)) {
      for (int i = 0; i < captures; i++) {
        for (CaptureEvent event : fleet.life(i)) {
          var unused = producer.send(CloudEvent.of(BenchKafka.EVENTS, event, "/alertcap/bench"));
        }
      }
    }
  }

  private Measured measured(int captures, Measured.Load load) {
    double speed = Figure.quantile(eventsPerSecond, 0.5);
    double again = Figure.quantile(restart, 0.5);
    double slowest = Figure.quantile(list.subList(list.size() / 2, list.size()), 1);
    return new Measured(
        name(),
        question(),
        List.of(
            "%,d captures of %d events, the last of 13 KB, on %d partitions; the broker is in another process"
                .formatted(captures, EVENTS_OF_EACH, PARTITIONS),
            "the trigger service in a process of its own with " + TriggerProcess.HEAP,
            "the first start reads all events, which is counted less a start without any; the second has its record",
            "lists have 50 captures, of every filter alone and of some together, over HTTP"),
        load,
        List.of(
            new Contender(
                "alertcap",
                List.of(
                    Figure.of("start without events", "s", empty),
                    Figure.of("events read by the first start", "1/s", eventsPerSecond),
                    Figure.of("start with a record", "s", restart),
                    Figure.of("list", "ms", list),
                    Figure.of("heap that a collection left", "MiB", heap)))),
        List.of(
            new Verdict(
                "10,000 events a second", speed >= AIM_EVENTS_PER_SECOND, "%,.0f".formatted(speed)),
            new Verdict(
                "ready within 5 s of a restart",
                again <= AIM_RESTART_SECONDS,
                "%.1f s".formatted(again)),
            new Verdict(
                "every list within 50 ms",
                slowest <= AIM_LIST_MILLIS,
                "%.0f ms".formatted(slowest))));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
