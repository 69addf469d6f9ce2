package io.alertcap.schemas.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Which partition of the command topic holds the commands of a node. */
public final class NodePartition {

  private NodePartition() {}

  /**
   * Where a producer with the default partitioner puts a record with this key.
   *
   * @param partitions of the topic; 1 or more
   */
  public static int of(String node, int partitions) {
    return BuiltInPartitioner.partitionForKey(node.getBytes(StandardCharsets.UTF_8), partitions);
  }
}
