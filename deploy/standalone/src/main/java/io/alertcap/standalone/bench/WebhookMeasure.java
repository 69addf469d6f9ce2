package io.alertcap.standalone.bench;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.json.Json;
import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** From a webhook to its 202, beside what Kafka alone takes for one message. */
final class WebhookMeasure implements Measure {

  private static final int WARM_UP = 500;
  private static final int WEBHOOKS = 1_000;
  private static final int PARTITIONS = 16;
  private static final int ACCEPTED = 202;
  private static final double MEDIAN_AIM = 10;
  private static final double P99_AIM = 50;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String BARE = "bench.bare";

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String question() {
    return "How long does a webhook with one alert take until 202?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    double before = Machine.load();
    List<Double> webhooks = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    Fleet fleet = new Fleet(100, Instant.now());
    try (BenchKafka kafka = BenchKafka.start(workbench.directory().resolve("webhook-kafka"))) {
      kafka.createTopic(BARE, PARTITIONS);
      try (Producer<String, byte[]> producer = kafka.producer(0);
          TriggerProcess trigger =
              TriggerProcess.start(
                  workbench.directory().resolve("webhook"),
                  kafka.bootstrapServers(),
                  PARTITIONS,
                  fleet.catalog(WARM_UP + WEBHOOKS))) {
        for (int i = 0; i < WARM_UP + WEBHOOKS; i++) {
          double ofWebhook = post(trigger, fleet.webhook(List.of(i)));
          double ofKafka = send(producer, fleet, i);
          if (i >= WARM_UP) {
            webhooks.add(ofWebhook);
            bare.add(ofKafka);
          }
        }
      }
    }
    return measured(webhooks, bare, new Measured.Load(before, Machine.load()));
  }

  private static double post(TriggerProcess trigger, byte[] webhook)
      throws BenchFailed, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<String> response = trigger.post(webhook);
    double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
    if (response.statusCode() != ACCEPTED) {
      throw new BenchFailed("The webhook is answered " + response.body());
    }
    return millis;
  }

  private static double send(Producer<String, byte[]> producer, Fleet fleet, int pod)
      throws BenchFailed, InterruptedException {
    byte[] command = Json.write(new CaptureCommand.Start(fleet.request(pod)));
    try {
      long start = System.nanoTime();
      var unused = producer.send(new ProducerRecord<>(BARE, fleet.node(pod), command)).get();
      return (System.nanoTime() - start) / NANOS_PER_MILLI;
    } catch (ExecutionException e) {
      throw new BenchFailed("Kafka does not acknowledge: " + e.getMessage(), e);
    }
  }

  private Measured measured(List<Double> webhooks, List<Double> bare, Measured.Load load) {
    double median = Figure.quantile(webhooks, 0.5);
    double p99 = Figure.quantile(webhooks, 0.99);
    return new Measured(
        name(),
        question(),
        List.of(
            "%,d webhooks one after another, after %,d that do not count; a send to Kafka between"
                    .formatted(WEBHOOKS, WARM_UP)
                + " each two",
            "the trigger service in a process of its own with " + TriggerProcess.HEAP,
            "a webhook waits for two round trips to Kafka: commands, then events"),
        load,
        List.of(contender("alertcap", webhooks), contender("Kafka, acks=all", bare)),
        List.of(
            new Verdict("median at most 10 ms", median <= MEDIAN_AIM, "%.1f ms".formatted(median)),
            new Verdict("99 of 100 within 50 ms", p99 <= P99_AIM, "%.1f ms".formatted(p99))));
  }

  private static Contender contender(String name, List<Double> millis) {
    return new Contender(
        name,
        List.of(
            Figure.of("until it is acknowledged", "ms", millis),
            Figure.of("99 of 100 are faster than", "ms", List.of(Figure.quantile(millis, 0.99)))));
  }
}
