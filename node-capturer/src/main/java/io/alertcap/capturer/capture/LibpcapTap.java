package io.alertcap.capturer.capture;

import io.alertcap.capturer.netns.NamespaceInterfaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.Pcaps;

/** A pcap handle whose packets libpcap itself writes ({@code pcap_loop} with {@code pcap_dump}). */
final class LibpcapTap implements PacketTap {

  /** The kernel's timer for handing a block over is coarse. */
  private static final Duration LONGEST_DELAY =
      LibpcapPacketSource.READ_TIMEOUT.multipliedBy(3).dividedBy(2);

  private final PcapHandle handle;
  private final NamespaceInterfaces interfaces;
  private final String interfaceName;
  private final List<String> watched;
  private final int snaplen;
  private final FilterStart filter;
  private final PacketSocket socket;
  private final String linkType;

  /**
   * How the filter came into force.
   *
   * @param before what was counted until then
   * @param countedFrom see {@link #countedFrom}
   */
  record FilterStart(PacketCounters before, Instant countedFrom, Instant activeAt) {}

  /** Takes over the handle and the interfaces, unless it throws. */
  LibpcapTap(
      PcapHandle handle,
      NamespaceInterfaces interfaces,
      InterfaceSelection.Selected selected,
      int snaplen,
      PacketSocket socket,
      FilterStart filter)
      throws PcapNativeException {
    this.handle = handle;
    this.interfaces = interfaces;
    this.interfaceName = selected.label();
    this.watched = selected.watched();
    this.snaplen = snaplen;
    this.socket = socket;
    this.filter = filter;
    this.linkType = Pcaps.dataLinkTypeToName(handle.getDlt());
  }

  @Override
  public String interfaceName() {
    return interfaceName;
  }

  @Override
  public String linkType() {
    return linkType;
  }

  @Override
  public int snaplen() {
    return snaplen;
  }

  @Override
  public Instant filterActiveAt() {
    return filter.activeAt();
  }

  @Override
  public Duration longestDelay() {
    return LONGEST_DELAY;
  }

  @Override
  public PacketWriter begin(Path file) throws IOException {
    try {
      PcapDumper dumper = handle.dumpOpen(file.toAbsolutePath().toString());
      try {
        return new LibpcapWriter(handle, dumper, StreamBuffer.of(dumper), this::isInterfacePresent);
      } catch (IOException e) {
        dumper.close();
        throw e;
      }
    } catch (PcapNativeException | NotOpenException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void wake() {
    try {
      handle.breakLoop();
    } catch (NotOpenException nobodyWaits) {
      return;
    }
  }

  @Override
  public boolean isInterfacePresent() {
    return watched.stream().anyMatch(interfaces::exists);
  }

  @Override
  public Instant countedFrom() {
    return filter.countedFrom();
  }

  @Override
  public void shutOut() throws IOException {
    socket.refuseAll();
  }

  @Override
  public PacketCounters counters() throws IOException {
    return countersOf(handle).since(filter.before());
  }

  /** What the kernel counted since the handle was opened. */
  static PacketCounters countersOf(PcapHandle handle) throws IOException {
    try {
      PcapStat stat = handle.getStats();
      return new PacketCounters(
          stat.getNumPacketsReceived(),
          stat.getNumPacketsDropped(),
          stat.getNumPacketsDroppedByIf());
    } catch (PcapNativeException | NotOpenException e) {
      throw new IOException("pcap_stats: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    handle.close();
    interfaces.close();
  }
}
