package io.alertcap.capturer.capture;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The requester's filter and the operator's, of which a packet must pass both. Where there are two,
 * each is compiled by itself first: with parentheses that do not match, one could otherwise reach
 * out of its own and undo the other.
 *
 * <p>Compiles past pcap4j, which lets one filter of the whole process be compiled at a time:
 * libpcap has compiled on several threads since 1.8 (pcap_compile(3PCAP)).
 */
record TapFilter(CaptureFilter theirs, CaptureFilter ours) {

  private static final int OPTIMIZE = 1;

  /** {@code PCAP_NETMASK_UNKNOWN}. */
  private static final int NETMASK_UNKNOWN = -1;

  sealed interface Application {
    record Applied() implements Application {}

    record Invalid(String reason) implements Application {}
  }

  /** Compiles, and has the kernel filter from now on. */
  Application applyTo(Pointer handle) {
    if (!theirs.isEverything() && !ours.isEverything()) {
      try (Program program = new Program()) {
        if (!program.compile(handle, theirs.expression())) {
          return new Application.Invalid("The filter does not compile: " + Libpcap.error(handle));
        }
      }
      try (Program program = new Program()) {
        if (!program.compile(handle, ours.expression())) {
          return new Application.Invalid(
              "The policy's filter does not compile: " + Libpcap.error(handle));
        }
      }
    }
    try (Program program = new Program()) {
      if (!program.compile(handle, both())) {
        return new Application.Invalid("The filter does not compile: " + Libpcap.error(handle));
      }
      return Libpcap.pcap_setfilter(handle, program.memory) == 0
          ? new Application.Applied()
          : new Application.Invalid("The filter cannot be applied: " + Libpcap.error(handle));
    }
  }

  /** Whether it compiles, for a handle that has no packets. */
  boolean compilesFor(Pointer handle) {
    try (Program program = new Program()) {
      return program.compile(handle, both());
    }
  }

  private String both() {
    if (theirs.isEverything()) {
      return ours.expression();
    }
    return ours.isEverything()
        ? theirs.expression()
        : "(" + theirs.expression() + ") and (" + ours.expression() + ")";
  }

  /** {@code struct bpf_program}. */
  private static final class Program implements AutoCloseable {

    private final Memory memory = new Memory(2L * Native.POINTER_SIZE);

    Program() {
      memory.clear();
    }

    boolean compile(Pointer handle, String filter) {
      return Libpcap.pcap_compile(handle, memory, filter, OPTIMIZE, NETMASK_UNKNOWN) == 0;
    }

    @Override
    public void close() {
      Libpcap.pcap_freecode(memory);
      memory.close();
    }
  }
}
