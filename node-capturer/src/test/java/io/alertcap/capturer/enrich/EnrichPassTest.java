package io.alertcap.capturer.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.dissect.PacketBuilder;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.enrich.file.PcapBytes;
import io.alertcap.capturer.enrich.file.ReadPacket;
import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.capturer.enrich.names.NameLookup;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrichPassTest extends Passing {

  @ParameterizedTest
  @EnumSource(Compression.class)
  void saysWhatItMade(Compression compression) throws Exception {
    Files.write(plain, Packets.file(LinkType.LINUX_SLL2));
    EnrichContext context = Contexts.of(FileFormat.PCAPNG, compression, PayloadProfile.FULL);

    EnrichResult result = enriched(context, asked -> Map.of());

    byte[] made = Files.readAllBytes(target);
    assertThat(result.file()).isEqualTo(target);
    assertThat(result.bytes()).isEqualTo(made.length);
    assertThat(result.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(made)));
    assertThat(result.packets()).isEqualTo(5);
    assertThat(result.firstPacketAt().orElseThrow()).hasToString("2026-11-22T22:33:36.123456789Z");
    assertThat(result.lastPacketAt().orElseThrow()).hasToString("2026-11-22T22:33:37.999999999Z");
    assertThat(result.linkType()).isEqualTo("LINUX_SLL2");
    assertThat(result.ending().isWhole()).isTrue();
    assertThat(result.warnings()).isEmpty();
    assertThat(names()).containsExactlyInAnyOrder("capture.pcap", "upload");
  }

  @Test
  void ranksTheTargetsPeersAndNamesThem() throws IOException {
    Files.write(plain, Packets.file(LinkType.EN10MB));

    EnrichResult result =
        enriched(Contexts.plain(), asked -> Map.of(ip(Packets.CLIENT), List.of("shop/cart")));

    assertThat(result.peers())
        .contains(new Peer(Packets.CLIENT, List.of("shop/cart"), 4, 72 + 88 + 75 + 9000))
        .hasSize(3)
        .first()
        .extracting(Peer::packets)
        .isEqualTo(4L);
  }

  @Test
  void showsObserversNoMoreThanTheFile() throws IOException {
    Files.write(plain, Packets.file(LinkType.EN10MB));
    List<String> seen = new ArrayList<>();
    PacketObserver observer =
        observer((nanos, packet) -> seen.add(packet.sourcePort() + " " + packet.payloadLength()));

    run(Contexts.plain(), List.of(observer));
    run(headersOnly(), List.of(observer));

    assertThat(seen)
        .containsExactly(
            "40000 30",
            "53 46",
            "40001 30",
            "40002 21",
            "40000 30", //
            "40000 0",
            "53 0",
            "40001 0",
            "40002 0",
            "40000 0");
  }

  @Test
  void goesOnWithoutAnObserverThatThrows() throws IOException {
    Files.write(plain, Packets.file(LinkType.EN10MB));
    List<Long> seen = new ArrayList<>();
    PacketObserver broken =
        observer((nanos, packet) -> {
          throw new IllegalStateException("broken");
        });
    PacketObserver sound = observer((nanos, packet) -> seen.add(nanos));

    EnrichOutcome outcome = run(Contexts.plain(), List.of(broken, sound));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            EnrichOutcome.Enriched.class,
            enriched ->
                assertThat(enriched.result().warnings())
                    .singleElement()
                    .asString()
                    .contains("The test stopped", "broken"));
    assertThat(seen).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(names = {"EN10MB", "LINUX_SLL", "LINUX_SLL2", "RAW"})
  void keepsEveryWholePacketWhereverTheSpoolsFileIsCut(LinkType type) throws IOException {
    byte[] whole = Packets.file(type);
    for (int length = 24; length < whole.length; length += 13) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(plain, cut);

      EnrichResult result = enriched(Contexts.plain(), asked -> Map.of());

      ReadPacket.Found found = ReadPacket.all(cut);
      assertThat(result.ending()).isEqualTo(found.ending());
      assertThat(ReadPacket.all(Files.readAllBytes(target)).packets()).isEqualTo(found.packets());
      assertThat(result.packets()).isEqualTo(found.packets().size());
    }
  }

  @Test
  void makesAFileOfAnyBytesOrSaysWhyNot() throws IOException {
    Random random = new Random(11);
    for (LinkType type : List.of(LinkType.EN10MB, LinkType.LINUX_SLL2, LinkType.RAW)) {
      byte[] whole = Packets.file(type);
      for (int round = 0; round < 60; round++) {
        byte[] flipped = whole.clone();
        for (int i = 0; i <= round % 6; i++) {
          flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(plain, flipped);

        switch (run(headersOnly(), List.of(observer((nanos, packet) -> packet.payloadLength())))) {
          case EnrichOutcome.Enriched(EnrichResult result) ->
              assertThat(ReadPacket.all(Files.readAllBytes(target)).packets())
                  .hasSize((int) result.packets());
          case EnrichOutcome.Withheld(String reason) -> assertThat(reason).contains("begins like");
          case EnrichOutcome.PlainInstead plainInstead -> throw new AssertionError(plainInstead);
          case EnrichOutcome.Interrupted interrupted -> throw new AssertionError(interrupted);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no capture file", "\n\r\r\n and then nothing"})
  void leavesNothingBehindWhereThereIsNoCaptureFile(String content) throws IOException {
    Files.writeString(plain, content);
    Files.writeString(target, "of an earlier run");

    assertThat(run(Contexts.plain(), List.of())).isInstanceOf(EnrichOutcome.PlainInstead.class);
    assertThat(run(headersOnly(), List.of())).isInstanceOf(EnrichOutcome.Withheld.class);
    assertThat(names()).containsExactlyInAnyOrder("capture.pcap", "upload");
    assertThat(target).hasContent("of an earlier run");
  }

  @Test
  void doesNotLetPayloadOutByWayOfAFailure() throws IOException {
    Files.write(plain, Packets.file(LinkType.EN10MB));
    target = directory.resolve("missing").resolve("upload");

    assertThat(run(Contexts.plain(), List.of()))
        .isInstanceOfSatisfying(
            EnrichOutcome.PlainInstead.class,
            instead -> assertThat(instead.reason()).contains("NoSuchFile"));
    assertThat(run(headersOnly(), List.of())).isInstanceOf(EnrichOutcome.Withheld.class);
  }

  @Test
  void keepsNothingButLengthsOfALinkLayerThatItCannotRead() throws IOException {
    byte[] data = "secret".getBytes(StandardCharsets.US_ASCII);
    Files.write(plain, PcapBytes.of(147).packet(1, 0, data).toArray());

    assertThat(run(headersOnly(), List.of())).isInstanceOf(EnrichOutcome.Enriched.class);
    assertThat(ReadPacket.all(Files.readAllBytes(target)).packets())
        .containsExactly(new ReadPacket(1_000_000_000, 147, 6, ""));
    EnrichResult full = enriched(Contexts.plain(), asked -> Map.of());
    assertThat(full.linkType()).isEqualTo("LINKTYPE_147");
    assertThat(Files.readAllBytes(target)).containsSubsequence(data);
  }

  @Test
  void isWithoutNamesWhereNobodyKnowsThem() throws IOException {
    Files.write(plain, Packets.file(LinkType.EN10MB));
    AddressNames broken =
        (addresses, atMost) -> new NameLookup.Unavailable("The names are on strike.");

    EnrichOutcome outcome =
        new EnrichPass(Optional.of(broken), Room.ENDLESS)
            .run(plain, target, Contexts.plain(), List.of());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            EnrichOutcome.Enriched.class,
            enriched ->
                assertThat(enriched.result().warnings())
                    .containsExactly("The names are on strike."));
  }

  @Test
  void asksForEachAddressOnceAndForLateOnesAtTheEnd() throws IOException {
    PcapBytes file = PcapBytes.of(LinkType.RAW.number());
    byte[] large = Arrays.copyOf(Packets.all(LinkType.RAW).getFirst(), 262_144);
    long packets = PassRun.SCOUTED_BYTES / large.length;
    for (int i = 0; i < packets; i++) {
      file.packet(i, 0, large);
    }
    byte[] late = Packets.all(LinkType.RAW).get(2);
    Files.write(plain, file.packet(packets, 0, late).toArray());
    List<String> questions = new ArrayList<>();

    enriched(
        Contexts.plain(),
        asked -> {
          questions.add(asked.stream().map(IpAddress::toString).sorted().toList().toString());
          return Map.of(ip(Packets.CLIENT_SIX), List.of("shop/late"));
        });

    assertThat(questions).containsExactly("[10.99.1.1, 10.99.1.2]", "[fd00:99::1, fd00:99::2]");
    byte[] made = Files.readAllBytes(target);
    String end = new String(made, made.length - 400, 400, StandardCharsets.ISO_8859_1);
    assertThat(end).contains("shop/late").doesNotContain(Contexts.POD);
  }

  @Test
  void saysThatThereAreMoreAddressesThanItKnows() throws IOException {
    PcapBytes file = PcapBytes.of(LinkType.RAW.number());
    for (int i = 0; i < AddressTable.MOST + 1; i++) {
      String other = "10.%d.%d.%d".formatted(1 + i / 65_536, i / 256 % 256, i % 256);
      file.packet(i, 0, PacketBuilder.ip(Contexts.POD_IP, other, PacketBuilder.UDP, new byte[8]));
    }
    Files.write(plain, file.toArray());

    assertThat(enriched(Contexts.plain(), asked -> Map.of()).warnings())
        .containsExactly(
            "Names were asked for of 4096 addresses, those with the most packets, and of no more.",
            "There are more than 32768 addresses: packets of those that came later are in the file, and not in topPeers.");
  }

  @Test
  void endsEarlyWhenInterrupted() throws IOException {
    Files.write(plain, Packets.file(LinkType.EN10MB));

    Thread.currentThread().interrupt();
    EnrichOutcome outcome = run(headersOnly(), List.of());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo(new EnrichOutcome.Interrupted());
    assertThat(names()).containsExactly("capture.pcap");
  }

  private static EnrichContext headersOnly() {
    return Contexts.of(FileFormat.PCAPNG, Compression.NONE, PayloadProfile.HEADERS);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
    }
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
