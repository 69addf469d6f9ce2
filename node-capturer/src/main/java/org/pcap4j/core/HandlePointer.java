package org.pcap4j.core;

import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.NullMarked;

/**
 * libpcap's {@code pcap_t} behind a pcap4j handle. pcap4j keeps it to itself, and wraps neither the
 * socket behind it nor a compilation without a lock of the whole process; see
 * docs/decisions/0059-what-the-kernel-holds-is-taken-before-it-is-counted.md.
 */
@NullMarked
public final class HandlePointer {

  private static final VarHandle HANDLE = find();

  private HandlePointer() {}

  /** Valid until the handle is closed. */
  public static Pointer of(PcapHandle handle) {
    return (Pointer) HANDLE.get(handle);
  }

  private static VarHandle find() {
    try {
      return MethodHandles.privateLookupIn(PcapHandle.class, MethodHandles.lookup())
          .findVarHandle(PcapHandle.class, "handle", Pointer.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(
          "This version of pcap4j is not the one that alertcap was built for.", e);
    }
  }
}
