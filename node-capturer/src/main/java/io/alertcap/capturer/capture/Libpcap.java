package io.alertcap.capturer.capture;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The calls of libpcap that pcap4j does not offer, or offers only under a lock of its own. */
final class Libpcap {

  /** {@code PCAP_ERROR_BREAK} of {@code pcap/pcap.h}. */
  static final int BROKEN_OFF = -2;

  /** {@code PCAP_ERRBUF_SIZE}. */
  static final int ERROR_BUFFER_BYTES = 256;

  private static final NativeLibrary LIBRARY = NativeLibrary.getInstance("pcap");

  /** {@code pcap_dump}, as the handler of a loop: writes a packet without passing through Java. */
  static final Pointer DUMP = LIBRARY.getFunction("pcap_dump");

  static {
    Native.register(Libpcap.class, LIBRARY);
  }

  private Libpcap() {}

  /** The file descriptor of the packet socket. */
  static native int pcap_fileno(Pointer handle);

  static native int pcap_setnonblock(Pointer handle, int nonBlocking, Memory errorBuffer);

  /** Handles at most {@code packets} packets; how many, 0 for none, or a negative error. */
  static native int pcap_dispatch(Pointer handle, int packets, Pointer handler, Pointer user);

  static native Pointer pcap_dump_file(Pointer dumper);

  static native int pcap_compile(
      Pointer handle, Pointer program, String expression, int optimize, int netmask);

  static native int pcap_setfilter(Pointer handle, Pointer program);

  /** Of a program that was compiled, or is all zeros. */
  static native void pcap_freecode(Pointer program);

  static native Pointer pcap_geterr(Pointer handle);

  /** Why the last call with this handle failed, in libpcap's words. */
  static String error(Pointer handle) {
    return pcap_geterr(handle).getString(0);
  }
}
