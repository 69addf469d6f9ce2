package io.alertcap.standalone.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;

/** As many alerts as a failing cluster sends, from as many senders. */
final class StormMeasure implements Measure {

  private static final int ALERTS = 10_000;
  private static final int GROUP = 100;
  private static final int SENDERS = 64;
  private static final long REPEATS = 10;
  private static final int NODES = 500;
  private static final int PARTITIONS = 16;
  private static final int UNAVAILABLE = 503;
  private static final int MOST_RETRIES = 1_000;

  private final LongAdder retries = new LongAdder();

  private record Answers(long captures, long suppressed, double seconds) {}

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public String question() {
    return "What becomes of 10,000 alerts at once, and of the same again ten times?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    double before = Machine.load();
    Fleet fleet = new Fleet(NODES, Instant.now());
    try (BenchKafka kafka = BenchKafka.start(workbench.directory().resolve("storm-kafka"));
        TriggerProcess trigger =
            TriggerProcess.start(
                workbench.directory().resolve("storm"),
                kafka.bootstrapServers(),
                PARTITIONS,
                fleet.catalog(ALERTS))) {
      Answers first = send(trigger, fleet, 1);
      Answers again = send(trigger, fleet, REPEATS);
      Set<String> ids = new HashSet<>();
      kafka.read(
          BenchKafka.COMMANDS,
          message -> {
            Header id = message.headers().lastHeader("ce_id");
            ids.add(new String(id.value(), UTF_8));
          });
      return measured(
          first,
          again,
          ids.size(),
          trigger.liveHeapMebibytes(),
          new Measured.Load(before, Machine.load()));
    }
  }

  private Answers send(TriggerProcess trigger, Fleet fleet, long times)
      throws BenchFailed, InterruptedException {
    LongAdder captures = new LongAdder();
    LongAdder suppressed = new LongAdder();
    List<Callable<Boolean>> posts = new ArrayList<>();
    for (long i = 0; i < times * ALERTS; i += GROUP) {
      int from = (int) (i % ALERTS);
      posts.add(() -> {
        List<Integer> pods = IntStream.range(from, from + GROUP).boxed().toList();
        String answer = accepted(trigger, fleet.webhook(pods));
        captures.add(count(answer, "\"id\":"));
        suppressed.add(count(answer, "\"reason\":\"duplicate\""));
        return true;
      });
    }
    long start = System.nanoTime();
    try (ExecutorService senders =
        Executors.newFixedThreadPool(SENDERS, Thread.ofPlatform().name("sender-", 1).factory())) {
      for (Future<Boolean> each : senders.invokeAll(posts)) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new BenchFailed("A sender failed: " + e.getCause(), e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Answers(captures.sum(), suppressed.sum(), seconds);
  }

  /** As Alertmanager does it: what is answered 503 is sent again. */
  private String accepted(TriggerProcess trigger, byte[] webhook)
      throws BenchFailed, InterruptedException {
    for (int i = 0; i < MOST_RETRIES; i++) {
      HttpResponse<String> response = trigger.post(webhook);
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      if (response.statusCode() != UNAVAILABLE) {
        throw new BenchFailed("A webhook is answered " + response.body());
      }
      retries.increment();
    }
    throw new BenchFailed("A webhook is answered 503 for ever");
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  private Measured measured(
      Answers first, Answers again, int commanded, double heap, Measured.Load load) {
    long decided = first.captures + first.suppressed;
    long duplicates = again.suppressed;
    return new Measured(
        name(),
        question(),
        List.of(
            "%,d alerts about as many pods, %d to a webhook, from %d senders; then all of them %d times"
                .formatted(ALERTS, GROUP, SENDERS, REPEATS),
            "the trigger service in a process of its own with " + TriggerProcess.HEAP,
            "%d webhooks were answered 503 and sent again".formatted(retries.sum())),
        load,
        List.of(
            new Contender(
                "alertcap",
                List.of(
                    Figure.of("alerts a second", "", List.of(ALERTS / first.seconds)),
                    Figure.of(
                        "repeated alerts a second",
                        "",
                        List.of((double) REPEATS * ALERTS / again.seconds)),
                    Figure.of("heap that a collection left", "MiB", List.of(heap))))),
        List.of(
            new Verdict(
                "every alert is decided",
                decided == ALERTS,
                "%,d of %,d".formatted(decided, ALERTS)),
            new Verdict(
                "none is lost", commanded == ALERTS, "%,d captures commanded".formatted(commanded)),
            new Verdict(
                "no second capture",
                again.captures == 0 && duplicates == REPEATS * ALERTS,
                "%,d of %,d are duplicates".formatted(duplicates, REPEATS * ALERTS))));
  }
}
