package io.alertcap.capturer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NamespaceLab;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Packets of an interface, or in a direction, that was not asked for never get in. */
@Timeout(60)
class InterfacesAndDirectionsIT {

  private static final int PORT = 5353;
  private static final String POD = "10.99.1.2";
  private static final String OVER_NET1 = "10.98.0.2";

  @RegisterExtension private final NamespaceLab lab = new NamespaceLab();
  @TempDir private Path directory;
  private final LibpcapPacketSource source = new LibpcapPacketSource(Clock.systemUTC());
  private Path file;
  private DatagramChannel pod;

  @BeforeAll
  static void warmUp() throws IOException {
    NamespaceDoor.warmUp();
    LibpcapPacketSource.warmUp();
  }

  @BeforeEach
  void giveThePodAnotherInterface() {
    file = directory.resolve("capture.pcap");
    for (String name : List.of("net1", "net2")) {
      String end = name + "-end";
      lab.ipInPod("link", "add", name, "type", "veth", "peer", "name", end);
      lab.ipInPod("link", "set", name, "up");
      lab.ipInPod("link", "set", end, "up");
    }
    lab.ipInPod("addr", "add", "10.98.0.1/24", "dev", "net1");
    lab.ipInPod("neigh", "add", OVER_NET1, "lladdr", "02:00:00:00:00:02", "dev", "net1");
    pod = lab.udpSocket(lab.pod());
  }

  @Test
  void keepsThePacketsOfTheInterfacesThatAreListed() throws IOException {
    Running running = start("eth0,net2", "udp", CapturePlan.Direction.INOUT);
    NamespaceLab.send(pod, "127.0.0.1", PORT, 20, 40);
    NamespaceLab.send(pod, OVER_NET1, PORT, 20, 40);
    NamespaceLab.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, 3, 40);

    CaptureResult result = running.stop(3);

    assertThat(result.packets()).isEqualTo(3);
    assertThat(result.linkType()).isEqualTo("LINUX_SLL2");
    assertThat(result.counters()).isEqualTo(new PacketCounters(3, 0, 0));
    assertThat(tcpdump("dst host " + NamespaceLab.GATEWAY_OF_POD)).hasSize(3);
  }

  @Test
  void neverKeepsAPacketOfAnotherInterfaceHoweverMuchComesWhileItOpens() throws IOException {
    lab.load(pod, OVER_NET1, 40, PORT);
    DatagramChannel quiet = lab.udpSocket(lab.pod());
    for (int i = 0; i < 10; i++) {
      file = directory.resolve(i + ".pcap");
      Running running = start("eth0,net2", "udp", CapturePlan.Direction.INOUT);
      NamespaceLab.send(quiet, NamespaceLab.GATEWAY_OF_POD, PORT, 2, 40);

      assertThat(running.stop(2).packets()).isEqualTo(2);
      assertThat(tcpdump("host " + OVER_NET1)).isEmpty();
    }
  }

  @Test
  void keepsThePacketsOfOneDirection() throws IOException {
    DatagramChannel gateway = lab.udpSocket(lab.gateway());
    Running in = start("eth0", "udp", CapturePlan.Direction.IN);
    NamespaceLab.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, 3, 40);
    NamespaceLab.send(gateway, POD, PORT, 4, 40);

    assertThat(in.stop(4).packets()).isEqualTo(4);
    assertThat(tcpdump("dst host " + POD)).hasSize(4);
  }

  private Running start(String interfaces, String filter, CapturePlan.Direction direction) {
    CapturePlan plan =
        new CapturePlan(
            new CaptureFilter(filter),
            Optional.empty(),
            InterfaceChoice.parse(interfaces),
            CapturePlan.LARGEST_SNAPLEN,
            CapturePlan.DEFAULT_BUFFER_BYTES,
            direction);
    TapOpening opening = source.open(lab.pod(), plan);
    assertThat(opening).isInstanceOf(TapOpening.Opened.class);
    PacketTap tap = lab.closing(((TapOpening.Opened) opening).tap());
    Capture capture = new Capture(tap, Clock.systemUTC());
    Path target = file;
    return new Running(
        tap,
        capture,
        CompletableFuture.supplyAsync(
            () -> capture.run(target, CaptureLimits.of(Duration.ofSeconds(60)))));
  }

  private record Running(
      PacketTap tap, Capture capture, CompletableFuture<CaptureOutcome> outcome) {

    /** Once so many packets passed the filter. */
    CaptureResult stop(int packets) {
      await().until(() -> tap.counters().received() >= packets);
      capture.stop(CaptureEnd.CANCELLED);
      return ((CaptureOutcome.Finished) outcome.join()).result();
    }
  }

  private List<String> tcpdump(String filter) {
    return Machine.output("tcpdump", "-nn", "-r", file.toString(), filter);
  }
}
