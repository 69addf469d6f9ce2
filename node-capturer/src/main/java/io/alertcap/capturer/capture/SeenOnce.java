package io.alertcap.capturer.capture;

import io.alertcap.capturer.capture.PacketSocket.Instruction;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What libpcap leaves out by itself ({@code linux_check_direction()}): the other direction, and of
 * a loopback packet, which is seen on its way out and in, the first. It does so after the kernel
 * has counted the packet, and then the counts do not add up; so the kernel is told to do it.
 */
final class SeenOnce {

  /** {@code SKF_AD_OFF + SKF_AD_PKTTYPE} of {@code include/uapi/linux/filter.h}. */
  private static final int PACKET_TYPE = -0x1000 + 4;

  /** {@code SKF_AD_OFF + SKF_AD_IFINDEX}. */
  private static final int INTERFACE_INDEX = -0x1000 + 8;

  /** {@code PACKET_OUTGOING} of {@code include/uapi/linux/if_packet.h}. */
  private static final int OUTGOING = 4;

  private SeenOnce() {}

  /**
   * The filter, after a beginning that refuses what libpcap would leave out.
   *
   * @param loopback index of the loopback interface
   */
  static ByteBuffer before(
      ByteBuffer filter, CapturePlan.Direction direction, OptionalInt loopback) {
    List<Instruction> beginning =
        switch (direction) {
          case OUT -> Stream.concat(refuseIncoming(), refuseOutOf(loopback)).toList();
          case IN -> refuseOutgoing().toList();
          case INOUT -> refuseOutOf(loopback).toList();
        };
    int length = beginning.size() + filter.remaining() / PacketSocket.INSTRUCTION_BYTES;
    ByteBuffer all = PacketSocket.instructions(length);
    beginning.forEach(each -> each.appendTo(all));
    return all.put(filter).flip();
  }

  private static Stream<Instruction> refuseIncoming() {
    return refuseWhere(1);
  }

  private static Stream<Instruction> refuseOutgoing() {
    return refuseWhere(0);
  }

  /**
   * @param skipWhereOutgoing instructions that an outgoing packet skips: 1 to pass, 0 to be refused
   */
  private static Stream<Instruction> refuseWhere(int skipWhereOutgoing) {
    return Stream.of(
        new Instruction(Instruction.LOAD, 0, 0, PACKET_TYPE),
        new Instruction(
            Instruction.JUMP_IF_EQUAL, skipWhereOutgoing, 1 - skipWhereOutgoing, OUTGOING),
        new Instruction(Instruction.RETURN, 0, 0, 0));
  }

  private static Stream<Instruction> refuseOutOf(OptionalInt loopback) {
    return loopback.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Instruction(Instruction.LOAD, 0, 0, PACKET_TYPE),
            new Instruction(Instruction.JUMP_IF_EQUAL, 0, 3, OUTGOING),
            new Instruction(Instruction.LOAD, 0, 0, INTERFACE_INDEX),
            new Instruction(Instruction.JUMP_IF_EQUAL, 0, 1, loopback.getAsInt()),
            new Instruction(Instruction.RETURN, 0, 0, 0));
  }
}
