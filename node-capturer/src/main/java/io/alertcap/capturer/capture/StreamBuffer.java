package io.alertcap.capturer.capture;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import org.pcap4j.core.DumperPointer;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapNativeException;

/**
 * Memory that the C stream of a dumper collects packets in. By itself a stream writes every 4 KiB,
 * which costs as much as all the rest of keeping a small packet; see
 * docs/decisions/0036-a-larger-stdio-buffer.md.
 */
final class StreamBuffer implements AutoCloseable {

  private static final int BYTES = 128 * 1024;

  /** {@code _IOFBF} of {@code stdio.h}: write when the buffer is full (glibc, musl). */
  private static final int FULLY_BUFFERED = 0;

  private final Memory memory;

  private StreamBuffer(Memory memory) {
    this.memory = memory;
  }

  /**
   * Gives a dumper's stream its buffer, which has to outlive the dumper. What the stream holds
   * already is written first.
   *
   * @throws IOException if writing fails
   */
  static StreamBuffer of(PcapDumper dumper) throws IOException {
    try {
      dumper.flush();
    } catch (PcapNativeException | NotOpenException e) {
      throw new IOException("pcap_dump_flush: " + e.getMessage(), e);
    }
    Memory memory = new Memory(BYTES);
    // where setvbuf(3) refuses, the stream keeps the buffer that it has
    var unusedStatus =
        NativeLibrary.getProcess()
            .getFunction("setvbuf")
            .invokeInt(
                new Object[] {stream(dumper), memory, FULLY_BUFFERED, new NativeLong(BYTES)});
    return new StreamBuffer(memory);
  }

  /** {@code pcap_dump_file} of pcap_dump_file(3PCAP). */
  private static Pointer stream(PcapDumper dumper) {
    return Libpcap.pcap_dump_file(DumperPointer.of(dumper));
  }

  @Override
  public void close() {
    memory.close();
  }
}
