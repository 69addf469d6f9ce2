package io.alertcap.schemas;

import java.time.Instant;
import java.util.List;

/**
 * What the capturer of a node says of itself on {@code alertcap.nodes}: that it is there, and what
 * it does. The last one of each node counts.
 *
 * @param node its name, which is also the key on Kafka, and that of its commands
 * @param version of the capturer
 * @param startedAt since when it runs
 * @param at when it said so, by the node's clock
 * @param captures that run now, in the order of their ids, the first 64 of them
 */
public record NodeState(
    String node, String version, Instant startedAt, Instant at, List<NodeCapture> captures) {

  /** Most captures that are told of; nodes that run as many are set up so on purpose. */
  public static final int MAX_CAPTURES = 64;

  private static final int MAX_VERSION_LENGTH = 64;

  public NodeState {
    Constraints.matching(node, Constraints.DNS_SUBDOMAIN, "node", "a DNS subdomain");
    Constraints.atMost(version, MAX_VERSION_LENGTH, "version");
    Constraints.present(startedAt, "startedAt");
    Constraints.present(at, "at");
    captures = Constraints.list(captures, MAX_CAPTURES, "captures");
  }
}
