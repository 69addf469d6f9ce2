package io.alertcap.capturer.enrich.file;

import io.alertcap.capturer.dissect.IpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Writes pcapng (draft-ietf-opsawg-pcapng), little-endian: one section with one interface, times in
 * nanoseconds. The numbers of blocks and options are the draft's.
 */
final class PcapngWriter implements CaptureFileWriter {

  private static final int INTERFACE = 0;
  private static final long NANOS = 1_000_000_000;
  private static final int UNKNOWN_LENGTH = -1;

  private static final int COMMENT = 1;
  private static final int SECTION_OS = 3;
  private static final int SECTION_APPLICATION = 4;

  private static final int INTERFACE_NAME = 2;
  private static final int INTERFACE_DESCRIPTION = 3;
  private static final int INTERFACE_FILTER = 11;

  /** {@code if_tsresol}: units of 10^-9 s. */
  private static final byte[] NANOSECONDS = {9};

  /** Before the text of an {@code if_filter}: in libpcap's syntax. */
  private static final String FILTER_TEXT = "\0";

  private static final int NAMES_IPV4 = 1;
  private static final int NAMES_IPV6 = 2;

  private static final int STATISTICS_START = 2;
  private static final int STATISTICS_END = 3;
  private static final int STATISTICS_DROPPED_BY_INTERFACE = 5;
  private static final int STATISTICS_ACCEPTED_BY_FILTER = 6;
  private static final int STATISTICS_DROPPED_BY_OS = 7;
  private static final int STATISTICS_DELIVERED = 8;

  /** Wireshark and libpcap take blocks of more than 16 MiB for damage; this is far below. */
  private static final int LARGEST_NAMES_BLOCK = 1 << 20;

  /** Longer ones are cut by Wireshark as well ({@code MAXDNSNAMELEN}, less the zero). */
  private static final int LONGEST_NAME = 255;

  private final OutputStream out;
  private final BlockBytes block;

  PcapngWriter(OutputStream out, FileDescription description) throws IOException {
    this.out = out;
    this.block = new BlockBytes(out);
    section(description);
    networkInterface(description);
  }

  @Override
  public void names(Map<IpAddress, List<String>> names) throws IOException {
    var entries = names.entrySet().iterator();
    while (entries.hasNext()) {
      block.begin(PcapngReader.NAME_RESOLUTION);
      while (entries.hasNext() && block.length() < LARGEST_NAMES_BLOCK) {
        var entry = entries.next();
        record(entry.getKey(), entry.getValue());
      }
      block.endOfList().end();
    }
  }

  @Override
  public void packet(Packet packet, int captured) throws IOException {
    block
        .begin(PcapngReader.ENHANCED_PACKET)
        .u32(INTERFACE)
        .time(packet.epochNanos())
        .u32(captured)
        .u32((int) packet.originalLength())
        .bytes(packet.data(), packet.offset(), captured)
        .pad()
        .end();
  }

  @Override
  public void end(InterfaceStatistics statistics) throws IOException {
    long endedAt = epochNanos(statistics.endedAt());
    block.begin(PcapngReader.INTERFACE_STATISTICS).u32(INTERFACE).time(endedAt);
    comment(statistics.comment());
    block.timeOption(STATISTICS_START, epochNanos(statistics.startedAt()));
    block.timeOption(STATISTICS_END, endedAt);
    statistics.kernel().ifPresent(this::counts);
    block.option(STATISTICS_DELIVERED, statistics.delivered()).endOfList().end();
    block.flush();
    out.flush();
  }

  /**
   * {@code ps_recv} of a packet socket counts what passed the filter, and {@code ps_drop} what then
   * found no room: {@code isb_filteraccept} and {@code isb_osdrop}. What the interface received is
   * not known, so {@code isb_ifrecv} is left out, as is a drop count that was not counted.
   */
  private void counts(InterfaceStatistics.KernelCounts kernel) {
    if (kernel.droppedByInterface() > 0) {
      block.option(STATISTICS_DROPPED_BY_INTERFACE, kernel.droppedByInterface());
    }
    block
        .option(STATISTICS_ACCEPTED_BY_FILTER, kernel.accepted())
        .option(STATISTICS_DROPPED_BY_OS, kernel.dropped());
  }

  private void section(FileDescription description) throws IOException {
    block
        .begin(PcapngReader.SECTION_HEADER)
        .u32(PcapngReader.BYTE_ORDER_MAGIC)
        .u16(1)
        .u16(0)
        .u64(UNKNOWN_LENGTH);
    comment(description.comment());
    block
        .option(SECTION_OS, description.operatingSystem())
        .option(SECTION_APPLICATION, description.application())
        .endOfList()
        .end();
  }

  private void networkInterface(FileDescription description) throws IOException {
    block
        .begin(PcapngReader.INTERFACE_DESCRIPTION)
        .u16(description.linkTypeNumber())
        .u16(0)
        .u32(description.snaplen())
        .option(INTERFACE_NAME, description.interfaceName())
        .option(INTERFACE_DESCRIPTION, description.interfaceDescription())
        .option(PcapngReader.OPTION_TIME_RESOLUTION, NANOSECONDS);
    if (!description.filter().isEmpty()) {
      block.option(INTERFACE_FILTER, FILTER_TEXT + description.filter());
    }
    block.endOfList().end();
  }

  private void comment(String text) {
    if (!text.isEmpty()) {
      block.option(COMMENT, text);
    }
  }

  private void record(IpAddress address, List<String> names) {
    byte[] value = address.bytes();
    List<byte[]> texts = names.stream().map(PcapngWriter::nameBytes).toList();
    int length = value.length;
    int fitting = 0;
    while (fitting < texts.size()
        && length + texts.get(fitting).length <= BlockBytes.LARGEST_VALUE) {
      length += texts.get(fitting++).length;
    }
    if (fitting == 0) {
      return;
    }
    block.u16(address.isIpv4() ? NAMES_IPV4 : NAMES_IPV6).u16(length);
    block.bytes(value, 0, value.length);
    // the best last: of several names Wireshark shows the one that it read last
    texts.subList(0, fitting).reversed().forEach(text -> block.bytes(text, 0, text.length));
    block.pad();
  }

  /** Ends with a zero, and holds no other. */
  private static byte[] nameBytes(String name) {
    byte[] text = BlockBytes.utf8(name.replace('\0', ' '), LONGEST_NAME);
    byte[] terminated = new byte[text.length + 1];
    System.arraycopy(text, 0, terminated, 0, text.length);
    return terminated;
  }

  private static long epochNanos(Instant time) {
    return time.getEpochSecond() * NANOS + time.getNano();
  }
}
