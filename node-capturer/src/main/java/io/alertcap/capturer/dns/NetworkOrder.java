package io.alertcap.capturer.dns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unsigned numbers, highest byte first. */
final class NetworkOrder {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private NetworkOrder() {}

  static int unsignedShort(byte[] data, int at) {
    return (short) SHORTS.get(data, at) & 0xffff;
  }

  static long unsignedInt(byte[] data, int at) {
    return (int) INTS.get(data, at) & 0xffff_ffffL;
  }

  static long signedLong(byte[] data, int at) {
    return (long) LONGS.get(data, at);
  }
}
