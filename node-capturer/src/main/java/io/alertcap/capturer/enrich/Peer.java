package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.IpAddress;
import java.util.List;

/**
 * An address in a file.
 *
 * @param names {@code namespace/pod} or {@code namespace/service}, where known
 * @param packets to or from it
 * @param bytes of those packets on the wire
 */
public record Peer(IpAddress address, List<String> names, long packets, long bytes) {

  public Peer {
    names = List.copyOf(names);
  }
}
