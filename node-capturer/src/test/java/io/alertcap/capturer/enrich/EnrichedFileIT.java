package io.alertcap.capturer.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.enrich.file.PcapBytes;
import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.capturer.enrich.names.NameLookup;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.schemas.PayloadProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What Wireshark's tools and tcpdump say of the files that a pass makes. */
class EnrichedFileIT {

  private static final AddressNames NAMES =
      (addresses, atMost) ->
          new NameLookup.Found(
              Map.of(
                  address(Packets.CLIENT), List.of("shop/cart-0", "shop/cart"),
                  address(Packets.CLIENT_SIX), List.of("shop/six")));

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void saysWhyItExistsWhateverItsCompression(Compression compression) throws IOException {
    Path file = enriched(LinkType.EN10MB, profile(compression, PayloadProfile.FULL));

    assertThat(file.getFileName().toString()).isEqualTo("x.pcapng" + compression.extension());
    assertThat(Machine.output("capinfos", file.toString()))
        .anyMatch(line -> line.matches("File type: +Wireshark/... - pcapng.*"))
        .anyMatch(line -> line.matches("File timestamp precision: +nanoseconds \\(9\\)"))
        .anyMatch(line -> line.matches("Number of packets: +5"))
        .anyMatch(line -> line.matches("Capture application: +alertcap 1.2.3"))
        .anyMatch(line -> line.matches("Capture oper-sys: +Linux .*"))
        .anyMatch(line -> line.matches(" +Name = eth0"))
        .anyMatch(line -> line.matches(" +Description = kube-system/coredns-.* on node-1"))
        .anyMatch(line -> line.endsWith("Filter string = (port 53) and (not host 10.0.0.9)"))
        .anyMatch(line -> line.matches(" +Capture length = 262144"))
        .anyMatch(line -> line.matches(" +Number of stat entries = 1"))
        .anyMatch(line ->
            line.startsWith("Capture comment:")
                && line.contains("alert: CoreDNSLatencyHigh")
                && line.contains("target: kube-system/coredns-5d78c9869d-abcde"));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void hasNamesWhereThereWereAddresses(Compression compression) throws IOException {
    Path file = enriched(LinkType.EN10MB, profile(compression, PayloadProfile.FULL));

    assertThat(tshark(file, "-N", "n"))
        .anyMatch(line -> line.contains("shop/cart-0 → kube-system/coredns-5d78c9869d-abcde DNS"))
        .anyMatch(line -> line.contains("shop/six → fd00:99::2"));
    assertThat(tshark(file, "-n")).anyMatch(line -> line.contains("10.99.1.1 → 10.99.1.2"));
  }

  @Test
  void isMadeOfBlocksAsTheDraftWantsThem() throws IOException {
    Path file = enriched(LinkType.EN10MB, Contexts.plain());

    List<String> blocks =
        tshark(file, "-X", "read_format:MIME Files Format", "-V", "-O", "file-pcapng");

    assertThat(blocks)
        .noneMatch(line -> line.contains("Expert Info"))
        .anyMatch(line -> line.matches(" +Option: Number of Accepted Packets = 1007"))
        .anyMatch(line -> line.matches(" +Option: Number of Packets Dropped by OS = 4"))
        .anyMatch(line -> line.matches(" +Option: Number of Packets Delivered to the User = 5"))
        .noneMatch(line -> line.contains("Option: Number of Dropped Packets"));
    assertThat(blocks.stream().filter(line -> line.matches(" +Block: .*")).map(String::strip))
        .containsExactly(
            "Block: Section Header Block 1",
            "Block: Interface Description Block 0",
            "Block: Name Resolution Block",
            "Block: Enhanced Packet Block 1",
            "Block: Enhanced Packet Block 2",
            "Block: Enhanced Packet Block 3",
            "Block: Enhanced Packet Block 4",
            "Block: Enhanced Packet Block 5",
            "Block: Interface Statistics Block");
  }

  @ParameterizedTest
  @EnumSource(
      value = LinkType.class,
      mode = Mode.EXCLUDE,
      names = {"NULL", "LOOP", "IPV4", "IPV6"})
  void holdsWhatTcpdumpSawBefore(LinkType type) throws IOException {
    Path plain = directory.resolve("capture.pcap");
    for (FileFormat format : FileFormat.values()) {
      Path file = enriched(type, Contexts.of(format, Compression.NONE, PayloadProfile.FULL));

      assertThat(tcpdump(file)).hasSizeGreaterThan(10).isEqualTo(tcpdump(plain));
      assertThat(lengths(file))
          .isEqualTo(lengths(plain))
          .contains(Packets.all(type).getFirst().length + "\t9000");
    }
  }

  @Test
  void cutsExactlyAfterTheTransportHeader() throws IOException {
    Path file = enriched(LinkType.EN10MB, profile(Compression.GZIP, PayloadProfile.HEADERS));

    assertThat(lengths(file)).containsExactly("42\t72", "42\t88", "62\t92", "54\t75", "42\t9000");
    assertThat(tshark(file, "-T", "fields", "-e", "udp.length").getFirst()).isEqualTo("38");
  }

  @Test
  void leavesDnsWholeWhereAskedTo() throws IOException {
    Path file = enriched(LinkType.EN10MB, profile(Compression.GZIP, PayloadProfile.DNS));

    assertThat(lengths(file)).containsExactly("72\t72", "88\t88", "92\t92", "54\t75", "72\t9000");
    assertThat(tshark(file, "-T", "fields", "-e", "dns.a").get(1)).isEqualTo("192.0.2.7");
  }

  @Test
  void saysThatTheSpoolsFileWasCut() throws IOException {
    Path plain = directory.resolve("capture.pcap");
    byte[] whole = Packets.file(LinkType.EN10MB);
    Files.write(plain, Arrays.copyOf(whole, whole.length - 1));
    Path target = directory.resolve("x.pcapng");
    new EnrichPass(Optional.empty(), Room.ENDLESS).run(plain, target, Contexts.plain(), List.of());

    assertThat(tshark(target, "-X", "read_format:MIME Files Format", "-V", "-O", "file-pcapng"))
        .anyMatch(line -> line.contains("The file ends within a packet"))
        .anyMatch(line -> line.matches(" +Option: Number of Packets Delivered to the User = 4"));
  }

  @Test
  void isReadableWithoutAnyPacket() throws IOException {
    Path plain = directory.resolve("capture.pcap");
    Files.write(plain, PcapBytes.of(1).toArray());
    Path target = directory.resolve("x.pcapng");
    new EnrichPass(Optional.of(NAMES), Room.ENDLESS)
        .run(plain, target, Contexts.plain(), List.of());

    assertThat(Machine.output("capinfos", "-c", "-E", target.toString()))
        .anyMatch(line -> line.matches("Number of packets: +0"))
        .anyMatch(line -> line.matches("File encapsulation: +Ethernet"));
  }

  private static EnrichContext profile(Compression compression, PayloadProfile payload) {
    return Contexts.of(FileFormat.PCAPNG, compression, payload);
  }

  private Path enriched(LinkType type, EnrichContext context) throws IOException {
    Path plain = directory.resolve("capture.pcap");
    Files.write(plain, Packets.file(type));
    Path target = directory.resolve("x" + context.extension());
    EnrichOutcome outcome =
        new EnrichPass(Optional.of(NAMES), Room.ENDLESS).run(plain, target, context, List.of());
    assertThat(outcome).isInstanceOf(EnrichOutcome.Enriched.class);
    return target;
  }

  /** Captured and original length of each packet. */
  private static List<String> lengths(Path file) throws IOException {
    return tshark(file, "-T", "fields", "-e", "frame.cap_len", "-e", "frame.len");
  }

  private static List<String> tcpdump(Path file) throws IOException {
    return Machine.output(
        "tcpdump", "-nn", "-tttt", "--nano", "-e", "-xx", "-vv", "-r", file.toString());
  }

  private static List<String> tshark(Path file, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
    command.addAll(List.of(arguments));
    return Machine.output(command.toArray(String[]::new));
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
