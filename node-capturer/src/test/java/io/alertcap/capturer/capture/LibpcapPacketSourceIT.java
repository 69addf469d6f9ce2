package io.alertcap.capturer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceIdentity;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NetworkNamespace;
import io.alertcap.capturer.netns.ThreadNamespaces;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures real packets in real namespaces, and has tcpdump and capinfos read the files. */
@Timeout(120)
class LibpcapPacketSourceIT {

  private static final InterfaceChoice AUTO = new InterfaceChoice.Auto();
  private static final CaptureLimits LONG = CaptureLimits.of(Duration.ofSeconds(60));
  private static final int PORT = 5353;

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private final PacketSource source = new LibpcapPacketSource(Clock.systemUTC());
  private NetworkNamespace pod;
  private DatagramChannel podSocket;
  private Path file;

  @BeforeAll
  static void needLibpcap() {
    try {
      LibpcapPacketSource.warmUp();
    } catch (IOException e) {
      assumeTrue(false, "skipped: " + e.getMessage());
    }
  }

  @BeforeEach
  void openThePod() {
    pod = lab.pod();
    podSocket = lab.udpSocket(pod);
    file = directory.resolve("capture.pcap");
  }

  @Test
  void capturesThePodsPacketsAndNeitherTheNeighboursNorTheHosts() throws IOException {
    DatagramChannel neighbour = lab.udpSocket(lab.neighbour());
    DatagramChannel host = lab.closing(DatagramChannel.open());
    Running running = start(plan("udp"), LONG);
    NamespaceLab.send(podSocket, NamespaceLab.GATEWAY_OF_POD, PORT, 10, 40);
    NamespaceLab.send(neighbour, NamespaceLab.GATEWAY_OF_NEIGHBOUR, PORT, 20, 40);
    NamespaceLab.send(host, "127.0.0.1", PORT, 20, 40);

    CaptureResult result = running.stop(CaptureEnd.CANCELLED);

    assertThat(result.end()).isEqualTo(CaptureEnd.CANCELLED);
    assertThat(result.packets()).isEqualTo(10);
    assertThat(result.linkType()).isEqualTo("EN10MB");
    assertThat(result.counters()).isEqualTo(new PacketCounters(10, 0, 0));
    assertThat(result.firstPacketAt().orElseThrow())
        .isBetween(result.filterActiveAt(), result.closedAt());
    assertThat(tcpdump("")).hasSize(10).allMatch(line -> line.contains("10.99.1.2."));
    assertThat(ThreadNamespaces.ofThisProcess()).containsOnly(NamespaceIdentity.ofCurrentThread());
  }

  @Test
  void writesNanosecondsThatCapinfosReads() throws IOException {
    Running running = start(plan("udp"), new CaptureLimits(Duration.ofSeconds(60), 0, 3));
    NamespaceLab.send(podSocket, NamespaceLab.GATEWAY_OF_POD, PORT, 3, 40);
    running.result();

    assertThat(Machine.output("capinfos", "-c", "-t", file.toString()))
        .anyMatch(line -> line.matches("Number of packets: *3"))
        .anyMatch(line -> line.contains("nanosecond"));
  }

  @Test
  void endsAtTheExactNumberOfPackets() throws IOException {
    lab.load(podSocket, NamespaceLab.GATEWAY_OF_POD, 40, PORT);
    CaptureLimits limits = new CaptureLimits(Duration.ofSeconds(60), 0, 20_001);

    CaptureResult result = start(plan("udp port 5353"), limits).result();

    assertThat(result.end()).isEqualTo(CaptureEnd.PACKETS);
    assertThat(result.packets()).isEqualTo(20_001);
    assertThat(result.counters().received()).isEqualTo(20_001 + result.counters().dropped());
    assertThat(result.lost()).isZero();
    assertThat(result.lastPacketAt()).contains(result.closedAt());
    assertThat(tcpdump("")).hasSize(20_001);
  }

  @Test
  void endsWithinAMebibyteOfTheNumberOfBytes() {
    lab.load(podSocket, NamespaceLab.GATEWAY_OF_POD, 1400, PORT);
    long maxBytes = 5 << 20;

    CaptureResult result =
        start(plan("udp"), new CaptureLimits(Duration.ofSeconds(60), maxBytes, 0)).result();

    assertThat(result.end()).isEqualTo(CaptureEnd.BYTES);
    assertThat(result.fileBytes())
        .isBetween(maxBytes, maxBytes + Slices.LARGEST_OVERSHOOT)
        .isEqualTo(file.toFile().length());
  }

  @Test
  void endsAfterItsDurationWithoutAnyPacket() throws IOException {
    Instant before = Instant.now();

    CaptureResult result =
        start(plan("udp port 9"), CaptureLimits.of(Duration.ofMillis(700))).result();

    assertThat(Duration.between(before, result.closedAt()))
        .isBetween(Duration.ofMillis(700), Duration.ofSeconds(5));
    assertThat(result.end()).isEqualTo(CaptureEnd.DURATION);
    assertThat(result.packets()).isZero();
    assertThat(result.counters().received()).isZero();
    assertThat(tcpdump("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "any"})
  void endsWithTheInterfaceAndKeepsWhatCameBefore(String device) throws IOException {
    Running running =
        start(CapturePlan.of(new CaptureFilter("udp"), InterfaceChoice.parse(device)), LONG);
    NamespaceLab.send(podSocket, NamespaceLab.GATEWAY_OF_POD, PORT, 10, 40);
    await().until(() -> running.tap().counters().received() == 10);
    await().until(() -> Files.size(file) > 24);

    lab.ipInPod("link", "del", "eth0");
    CaptureResult result = running.result();

    assertThat(result.end()).isEqualTo(CaptureEnd.TARGET_GONE);
    assertThat(result.packets()).isEqualTo(10);
    assertThat(tcpdump("")).hasSize(10);
  }

  @Test
  void seesEveryInterfaceWhereAnyIsAskedFor() throws IOException {
    Running running =
        start(CapturePlan.of(new CaptureFilter("udp"), new InterfaceChoice.Any()), LONG);
    NamespaceLab.send(podSocket, NamespaceLab.GATEWAY_OF_POD, PORT, 2, 40);

    CaptureResult result = running.stop(CaptureEnd.RESOLVED);

    assertThat(result.linkType()).isEqualTo("LINUX_SLL2");
    // not the interface's name: tcpdump looks its index up on the machine that reads the file
    assertThat(tcpdump("outbound and udp port 5353")).hasSize(2);
  }

  @Test
  void neverKeepsAPacketThatTheFilterRefusesHoweverMuchComesWhileItOpens() throws IOException {
    lab.load(podSocket, NamespaceLab.GATEWAY_OF_POD, 40, 7000, 7001);

    for (int i = 0; i < 20; i++) {
      file = directory.resolve(i + ".pcap");
      CaptureLimits limits = new CaptureLimits(Duration.ofSeconds(60), 0, 200);
      CaptureResult result = start(plan("udp dst port 7001"), limits).result();

      assertThat(result.packets()).isEqualTo(200);
      assertThat(tcpdump("not udp dst port 7001")).isEmpty();
      assertThat(tcpdump("udp dst port 7001")).hasSize(200);
    }
  }

  @Test
  void saysInLibpcapsWordsThatAFilterDoesNotCompile() {
    assertThat(source.open(pod, plan("port 53 and and")))
        .isInstanceOfSatisfying(
            TapOpening.InvalidFilter.class,
            invalid -> assertThat(invalid.reason()).contains("syntax error"));
  }

  @Test
  void keepsARequestersFilterWithinTheOperators() throws IOException {
    assertThat(source.open(pod, plan("port 1) or (udp", "udp port 9")))
        .isInstanceOf(TapOpening.InvalidFilter.class);

    Running running = start(plan("udp port 7000 or udp port 7001", "not port 7000"), LONG);
    NamespaceLab.send(podSocket, NamespaceLab.GATEWAY_OF_POD, 7000, 5, 40);
    NamespaceLab.send(podSocket, NamespaceLab.GATEWAY_OF_POD, 7001, 5, 40);
    assertThat(running.stop(CaptureEnd.CANCELLED).packets()).isEqualTo(5);
    assertThat(tcpdump("port 7000")).isEmpty();
  }

  @Test
  void namesTheInterfacesThatExist() {
    InterfaceChoice missing = new InterfaceChoice.Named("eth7");

    assertThat(source.open(pod, CapturePlan.of(CaptureFilter.EVERYTHING, missing)))
        .isInstanceOfSatisfying(
            TapOpening.InterfaceNotFound.class,
            none -> assertThat(none.existing()).containsExactlyInAnyOrder("lo", "eth0"));
  }

  @Test
  void saysThatAnInterfaceIsDown() {
    lab.ipInPod("link", "set", "eth0", "down");
    InterfaceChoice eth0 = new InterfaceChoice.Named("eth0");

    assertThat(source.open(pod, CapturePlan.of(CaptureFilter.EVERYTHING, eth0)))
        .isInstanceOfSatisfying(
            TapOpening.InterfaceNotFound.class,
            none -> assertThat(none.reason()).contains("is down"));
    assertThat(source.open(pod, CapturePlan.of(CaptureFilter.EVERYTHING, AUTO)))
        .isInstanceOf(TapOpening.InterfaceNotFound.class);
  }

  @Test
  void reportsAFullDiskAndKeepsWholePackets() throws IOException {
    Path small = directory.resolve("small");
    Files.createDirectory(small);
    Machine.output("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString());
    lab.closing(() -> Machine.output("umount", small.toString()));
    file = small.resolve("capture.pcap");
    lab.load(podSocket, NamespaceLab.GATEWAY_OF_POD, 1400, PORT);

    CaptureResult result = start(plan("udp"), LONG).result();

    assertThat(result.end()).isEqualTo(CaptureEnd.DISK);
    assertThat(result.packets()).isPositive();
    assertThat(result.lost())
        .isPositive()
        .isEqualTo(result.counters().received() - result.counters().dropped() - result.packets());
    assertThat(tcpdump("")).hasSize(Math.toIntExact(result.packets()));
  }

  private static CapturePlan plan(String filter) {
    return CapturePlan.of(new CaptureFilter(filter), AUTO);
  }

  private static CapturePlan plan(String filter, String policyFilter) {
    CapturePlan plan = plan(filter);
    return new CapturePlan(
        plan.filter(),
        Optional.of(new CaptureFilter(policyFilter)),
        AUTO,
        plan.snaplen(),
        plan.bufferBytes(),
        plan.direction());
  }

  private Running start(CapturePlan plan, CaptureLimits limits) {
    TapOpening opening = source.open(pod, plan);
    assertThat(opening).isInstanceOf(TapOpening.Opened.class);
    PacketTap tap = lab.closing(((TapOpening.Opened) opening).tap());
    Capture capture = new Capture(tap, Clock.systemUTC());
    Path target = file;
    return new Running(
        tap, capture, CompletableFuture.supplyAsync(() -> capture.run(target, limits)));
  }

  private record Running(
      PacketTap tap, Capture capture, CompletableFuture<CaptureOutcome> outcome) {

    CaptureResult stop(CaptureEnd reason) {
      capture.stop(reason);
      return result();
    }

    CaptureResult result() {
      CaptureOutcome ended = outcome.join();
      assertThat(ended).isInstanceOf(CaptureOutcome.Finished.class);
      return ((CaptureOutcome.Finished) ended).result();
    }
  }

  private List<String> tcpdump(String filter) {
    return Machine.output("tcpdump", "-nn", "-r", file.toString(), filter);
  }
}
