package io.alertcap.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePartitionTest {

  /**
   * The hashes are those of Kafka's own tests (UtilsTest.testMurmur2), so that this fails should a
   * new version of the client place keys elsewhere than the producers of others do.
   */
  @ParameterizedTest
  @CsvSource({
    "21, -973932308",
    "foobar, -790332482",
    "a-little-bit-long-string, -985981536",
    "a-little-bit-longer-string, -1486304829",
    "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
    "abc, 479470107"
  })
  void isMurmur2AsEveryKafkaClientHasIt(String node, int murmur2) {
    for (int partitions = 1; partitions <= 64; partitions++) {
      assertThat(NodePartition.of(node, partitions))
          .isEqualTo((murmur2 & 0x7fff_ffff) % partitions);
    }
  }

  @Test
  void spreadsNodesOverAllPartitions() {
    assertThat(IntStream.range(0, 200).map(i -> NodePartition.of("worker-" + i, 12)).distinct())
        .hasSize(12);
  }
}
