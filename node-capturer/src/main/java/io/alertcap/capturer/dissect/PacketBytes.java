package io.alertcap.capturer.dissect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The captured bytes of one packet, read in network order. Positions count from the packet's first
 * byte; whoever reads asks {@link #has} first.
 */
final class PacketBytes {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] data = new byte[0];
  private int start;
  private int captured;
  private int original;

  void set(byte[] newData, int newStart, int newCaptured, int newOriginal) {
    Objects.checkFromIndexSize(newStart, newCaptured, newData.length);
    data = newData;
    start = newStart;
    captured = newCaptured;
    original = Math.max(newCaptured, newOriginal);
  }

  byte[] data() {
    return data;
  }

  int start() {
    return start;
  }

  int captured() {
    return captured;
  }

  int original() {
    return original;
  }

  boolean has(int position, int length) {
    return length <= captured - position;
  }

  int unsignedByte(int position) {
    return data[start + position] & 0xff;
  }

  int unsignedShort(int position) {
    return (short) SHORTS.get(data, start + position) & 0xffff;
  }

  int signedInt(int position) {
    return (int) INTS.get(data, start + position);
  }

  long unsignedInt(int position) {
    return signedInt(position) & 0xffff_ffffL;
  }

  long signedLong(int position) {
    return (long) LONGS.get(data, start + position);
  }
}
