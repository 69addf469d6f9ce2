package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.enrich.file.CaptureFileReader;
import io.alertcap.capturer.enrich.file.CaptureFileWriter;
import io.alertcap.capturer.enrich.file.CaptureInterface;
import io.alertcap.capturer.enrich.file.FileDescription;
import io.alertcap.capturer.enrich.file.FileEnding;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.enrich.file.InterfaceStatistics;
import io.alertcap.capturer.enrich.file.Packet;
import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.Peer;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of a pass, from the first packet to the last. */
final class PassRun {

  /**
   * How far addresses are looked for before the first packet is written, so that their names stand
   * before the packets: whoever reads the file once, as tshark does, knows them in time. This much
   * is still in the page cache when it is read again. Names of addresses that turn up later stand
   * at the file's end.
   */
  static final long SCOUTED_BYTES = 64L << 20;

  private final EnrichContext context;
  private final Target target;
  private final PayloadCut cut;
  private final FileNames names;
  private final Observers observers;
  private final Dissector dissector = new Dissector();
  private final AddressTable addresses = new AddressTable();
  private long packets;
  private long firstNanos;
  private long lastNanos;

  PassRun(EnrichContext context, Optional<AddressNames> source, List<PacketObserver> observers) {
    this.context = context;
    this.target = context.request().target();
    this.cut = new PayloadCut(context.payload(), context.dnsPorts());
    this.names = new FileNames(source, target);
    this.observers = new Observers(observers);
  }

  EnrichResult write(Path plain, Path path, OutputFile file) throws IOException {
    AddressTable early = context.format() == FileFormat.PCAPNG ? scout(plain) : new AddressTable();
    try (CaptureFileReader reader = open(plain)) {
      CaptureInterface from =
          reader
              .networkInterface()
              .orElseThrow(() -> new IOException("The spool holds pcap, and this is pcapng."));
      try (OutputStream out = context.compression().over(file.content())) {
        CaptureFileWriter writer =
            CaptureFileWriter.begin(context.format(), out, description(from));
        writer.names(names.ofNew(early.byPackets()));
        copy(reader, writer, from.linkType());
        writer.names(names.ofNew(addresses.byPackets()));
        writer.end(statistics(reader.ending()));
      }
      file.complete();
      return result(path, file, from, reader.ending());
    }
  }

  private AddressTable scout(Path plain) throws IOException {
    AddressTable found = new AddressTable();
    try (CaptureFileReader reader = open(plain)) {
      Optional<LinkType> linkType = reader.networkInterface().flatMap(CaptureInterface::linkType);
      long bytes = 0;
      while (linkType.isPresent() && bytes < SCOUTED_BYTES && reader.next()) {
        Packet packet = reader.packet();
        found.count(dissect(linkType.get(), packet, packet.capturedLength()), 0);
        bytes += packet.capturedLength();
      }
    }
    return found;
  }

  private void copy(CaptureFileReader reader, CaptureFileWriter writer, Optional<LinkType> linkType)
      throws IOException {
    while (reader.next()) {
      Packet packet = reader.packet();
      int kept =
          linkType.isPresent()
              ? look(linkType.get(), packet)
              : cut.keptBytesOfUnreadable(packet.capturedLength());
      writer.packet(packet, kept);
      firstNanos = packets == 0 ? packet.epochNanos() : firstNanos;
      lastNanos = packet.epochNanos();
      packets++;
    }
  }

  /** Returns how many of the packet's bytes are kept. */
  private int look(LinkType linkType, Packet packet) {
    int captured = packet.capturedLength();
    Dissector whole = dissect(linkType, packet, captured);
    addresses.count(whole, packet.originalLength());
    int kept = cut.keptBytes(whole, captured);
    if (!observers.isEmpty()) {
      observers.show(
          packet.epochNanos(), kept == captured ? whole : dissect(linkType, packet, kept));
    }
    return kept;
  }

  private Dissector dissect(LinkType linkType, Packet packet, int captured) {
    int original = (int) Math.min(packet.originalLength(), Integer.MAX_VALUE);
    return dissector.dissect(linkType, packet.data(), packet.offset(), captured, original);
  }

  private FileDescription description(CaptureInterface from) {
    CaptureResult result = context.result();
    return new FileDescription(
        "alertcap " + context.version(),
        "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
        SectionComment.of(context),
        result.networkInterface(),
        "%s/%s on %s".formatted(target.namespace(), target.pod(), target.node()),
        context.filter(),
        (int) Math.min(from.snaplen(), Integer.MAX_VALUE),
        from.linkTypeNumber());
  }

  private InterfaceStatistics statistics(FileEnding ending) {
    CaptureResult result = context.result();
    return new InterfaceStatistics(
        result.filterActiveAt(),
        result.closedAt(),
        result
            .statistics()
            .flatMap(Statistics::counts)
            .map(kernel ->
                new InterfaceStatistics.KernelCounts(
                    kernel.received(), kernel.dropped(), kernel.droppedByInterface())),
        packets,
        ending.isWhole() ? "" : "Of the spool's file: " + ending);
  }

  private EnrichResult result(
      Path path, OutputFile file, CaptureInterface from, FileEnding ending) {
    List<String> warnings = new ArrayList<>(observers.stopped());
    names.problem().ifPresent(warnings::add);
    if (addresses.leavesOut()) {
      warnings.add(
          "There are more than %d addresses: packets of those that came later are in the file, and not in topPeers."
              .formatted(AddressTable.MOST));
    }
    return new EnrichResult(
        path,
        context.format(),
        context.compression(),
        file.bytes(),
        file.digest(),
        packets,
        packets == 0 ? Optional.empty() : Optional.of(instant(firstNanos)),
        packets == 0 ? Optional.empty() : Optional.of(instant(lastNanos)),
        from.linkTypeName(),
        context.payload(),
        peers(),
        ending,
        warnings);
  }

  private List<Peer> peers() {
    Optional<IpAddress> own = target.podIp().flatMap(IpAddress::parse);
    return addresses.byPackets().stream()
        .filter(entry -> !own.equals(Optional.of(entry.address())))
        .limit(Statistics.MAX_PEERS)
        .map(this::peer)
        .toList();
  }

  private Peer peer(AddressTable.Entry entry) {
    List<String> known = names.of(entry.address());
    return new Peer(
        entry.address().toString(),
        known.subList(0, Math.min(known.size(), Peer.MAX_NAMES)),
        entry.packets(),
        entry.bytes());
  }

  private static CaptureFileReader open(Path file) throws IOException {
    return CaptureFileReader.open(
        Channels.newInputStream(FileChannel.open(file, StandardOpenOption.READ)));
  }

  private static Instant instant(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos);
  }
}
