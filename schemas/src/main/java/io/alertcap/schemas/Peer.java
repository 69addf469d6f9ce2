package io.alertcap.schemas;

import java.util.List;

/**
 * An address that the target spoke with.
 *
 * @param address IPv4 or IPv6
 * @param names {@code namespace/pod} or {@code namespace/service}, the best first; empty where
 *     unknown
 * @param packets to or from it
 * @param bytes of those packets on the wire
 */
public record Peer(String address, List<String> names, long packets, long bytes) {

  /** Most names of one address. */
  public static final int MAX_NAMES = 8;

  private static final int MAX_NAME_LENGTH = 253;

  public Peer {
    Constraints.address(address, "address");
    names = Constraints.list(names, MAX_NAMES, "names");
    Constraints.each(names, "names", (name, at) -> Constraints.atMost(name, MAX_NAME_LENGTH, at));
    Constraints.count(packets, "packets");
    Constraints.count(bytes, "bytes");
  }
}
