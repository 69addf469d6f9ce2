package io.alertcap.capturer.capture;

import java.io.IOException;
import java.util.function.BooleanSupplier;
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
