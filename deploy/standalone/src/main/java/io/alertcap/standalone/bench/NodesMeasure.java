package io.alertcap.standalone.bench;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.kafka.CloudEvent;
import io.alertcap.schemas.kafka.NodePartition;
import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;

/** How much of all commands each node of a large cluster reads. */
final class NodesMeasure implements Measure {

  private static final int NODES = 5_000;
  private static final int PARTITIONS = 64;
  private static final int COMMANDS = 50_000;

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String question() {
    return "How much does a node of 5,000 read that is not for it?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    double before = Machine.load();
    Fleet fleet = new Fleet(NODES, Instant.now());
    long[] messages = new long[PARTITIONS];
    double perSecond;
    try (BenchKafka kafka = BenchKafka.start(workbench.directory().resolve("nodes-kafka"))) {
      kafka.createTopic(BenchKafka.COMMANDS, PARTITIONS);
      long start = System.nanoTime();
      try (Producer<String, byte[]> producer = kafka.producer(5)) {
        for (int i = 0; i < COMMANDS; i++) {
          var command = new CaptureCommand.Start(fleet.request(i));
          var unused =
              producer.send(
                  CloudEvent.of(BenchKafka.COMMANDS, command, "/alertcap/bench", Instant.now()));
        }
        producer.flush();
      }
      perSecond = COMMANDS / ((System.nanoTime() - start) / 1e9);
      kafka.read(BenchKafka.COMMANDS, message -> messages[message.partition()]++);
    }
    List<Double> shares =
        IntStream.range(0, NODES)
            .mapToObj(
                node -> 100.0 * messages[NodePartition.of(fleet.node(node), PARTITIONS)] / COMMANDS)
            .toList();
    return measured(perSecond, messages, shares, new Measured.Load(before, Machine.load()));
  }

  private Measured measured(
      double perSecond, long[] messages, List<Double> shares, Measured.Load load) {
    double average = shares.stream().mapToDouble(share -> share).average().orElseThrow();
    long all = IntStream.range(0, PARTITIONS).mapToLong(i -> messages[i]).sum();
    double even = 100.0 / PARTITIONS;
    return new Measured(
        name(),
        question(),
        List.of(
            "%,d commands, as many for each of %,d nodes, on %d partitions; acks=all, one producer"
                .formatted(COMMANDS, NODES, PARTITIONS),
            "what a node reads is counted in the partition that its name hashes to; even is %.2f %%"
                .formatted(even)),
        load,
        List.of(
            new Contender(
                "alertcap",
                List.of(
                    Figure.of("commands that a node reads", "%", List.of(average)),
                    Figure.of("the most that one reads", "%", List.of(Figure.quantile(shares, 1))),
                    Figure.of("commands published a second", "", List.of(perSecond))))),
        List.of(
            new Verdict("every command is read", all == COMMANDS, "%,d".formatted(all)),
            new Verdict(
                "a node reads about 1/64 of them",
                average <= 1.25 * even,
                "1/%.0f".formatted(100 / average))));
  }
}
