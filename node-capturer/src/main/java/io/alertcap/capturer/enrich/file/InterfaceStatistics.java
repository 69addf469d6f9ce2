package io.alertcap.capturer.enrich.file;

import java.time.Instant;
import java.util.Optional;

/**
 * What a file says about its making after its last packet.
 *
 * @param startedAt from when on packets were kept
 * @param endedAt until when
 * @param kernel absent where nobody knows any more
 * @param delivered packets in the file
 * @param comment in words; empty for none
 */
public record InterfaceStatistics(
    Instant startedAt,
    Instant endedAt,
    Optional<KernelCounts> kernel,
    long delivered,
    String comment) {

  /**
   * What the kernel counted.
   *
   * @param accepted packets that passed the filter, dropped ones included
   * @param dropped those of them for which the kernel's buffer had no room
   * @param droppedByInterface lost before the filter; 0 where it was not counted
   */
  public record KernelCounts(long accepted, long dropped, long droppedByInterface) {}
}
