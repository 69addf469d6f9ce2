package io.alertcap.capturer.capture;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.pcap4j.core.DumperPointer;
import org.pcap4j.core.HandlePointer;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/** A pcap file that libpcap writes, from a handle that stays open. */
final class LibpcapWriter implements PacketWriter {

  private final PcapHandle handle;
  private final PcapDumper dumper;
  private final StreamBuffer buffer;
  private final BooleanSupplier interfaceIsPresent;

  LibpcapWriter(
      PcapHandle handle,
      PcapDumper dumper,
      StreamBuffer buffer,
      BooleanSupplier interfaceIsPresent) {
    this.handle = handle;
    this.dumper = dumper;
    this.buffer = buffer;
    this.interfaceIsPresent = interfaceIsPresent;
  }

  @Override
  public Delivery take(int packets) throws IOException {
    try {
      handle.loop(packets, dumper);
      return Delivery.COMPLETE;
    } catch (
        @SuppressWarnings("InterruptedExceptionSwallowed")
        InterruptedException woken) {
      // pcap4j's word for pcap_breakloop: no thread was interrupted
      return Delivery.WOKEN;
    } catch (PcapNativeException e) {
      if (!interfaceIsPresent.getAsBoolean()) {
        return Delivery.INTERFACE_GONE;
      }
      throw new IOException("pcap_loop: " + e.getMessage(), e);
    } catch (NotOpenException e) {
      throw new IOException("The tap is closed.", e);
    }
  }

  @Override
  public int takeHeld(int packets) throws IOException {
    Pointer pcap = HandlePointer.of(handle);
    wait(pcap, false);
    int taken = Libpcap.BROKEN_OFF;
    while (taken == Libpcap.BROKEN_OFF) { // woken, before there was anything to wait for
      taken = Libpcap.pcap_dispatch(pcap, packets, Libpcap.DUMP, DumperPointer.of(dumper));
    }
    if (taken < 0 && interfaceIsPresent.getAsBoolean()) {
      throw new IOException("pcap_dispatch: " + Libpcap.error(pcap));
    }
    wait(pcap, true);
    return Math.max(0, taken);
  }

  private static void wait(Pointer pcap, boolean forPackets) throws IOException {
    try (Memory error = new Memory(Libpcap.ERROR_BUFFER_BYTES)) {
      if (Libpcap.pcap_setnonblock(pcap, forPackets ? 0 : 1, error) != 0) {
        throw new IOException("pcap_setnonblock: " + error.getString(0));
      }
    }
  }

  @Override
  public long position() throws IOException {
    try {
      return dumper.ftell();
    } catch (PcapNativeException | NotOpenException e) {
      throw new IOException("pcap_dump_ftell: " + e.getMessage(), e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      dumper.flush();
    } catch (PcapNativeException | NotOpenException e) {
      throw new IOException("pcap_dump_flush: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    dumper.close();
    buffer.close();
  }
}
