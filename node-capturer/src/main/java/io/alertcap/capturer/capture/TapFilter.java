package io.alertcap.capturer.capture;

import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * The requester's filter and the operator's, of which a packet must pass both. Each is compiled by
 * itself first: with parentheses that do not match, one could otherwise reach out of its own and
 * undo the other.
 */
record TapFilter(CaptureFilter theirs, CaptureFilter ours) {

  sealed interface Application {
    record Applied() implements Application {}

    record Invalid(String reason) implements Application {}
  }

  /** Compiles, and has the kernel filter from now on. */
  Application applyTo(PcapHandle handle) throws PcapNativeException, NotOpenException {
    try {
      compile(handle, theirs.expression()).free();
    } catch (PcapNativeException e) {
      return new Application.Invalid("The filter does not compile: " + e.getMessage());
    }
    try {
      compile(handle, ours.expression()).free();
    } catch (PcapNativeException e) {
      return new Application.Invalid("The policy's filter does not compile: " + e.getMessage());
    }
    BpfProgram program = compile(handle, both());
    try {
      handle.setFilter(program);
      return new Application.Applied();
    } finally {
      program.free();
    }
  }

  /** Whether it compiles, for a handle that has no packets. */
  void compileFor(PcapHandle handle) throws PcapNativeException, NotOpenException {
    compile(handle, both()).free();
  }

  private String both() {
    if (theirs.isEverything()) {
      return ours.expression();
    }
    return ours.isEverything()
        ? theirs.expression()
        : "(" + theirs.expression() + ") and (" + ours.expression() + ")";
  }

  private static BpfProgram compile(PcapHandle handle, String expression)
      throws PcapNativeException, NotOpenException {
    return handle.compileFilter(
        expression, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
  }
}
