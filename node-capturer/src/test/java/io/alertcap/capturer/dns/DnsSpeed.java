package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dissect.PacketBuilder.UDP;
import static io.alertcap.capturer.dissect.PacketBuilder.ethernet;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.tcp.TcpFacts;
import io.alertcap.schemas.DnsReport;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.Set;

/**
 * How many packets of DNS one core gets through, and what memory it takes; not a test. Half of the
 * packets are queries, half answers with two records, each for a name that never came before.
 * Arguments: packets, {@code target} or {@code unknown}, {@code transcript} or {@code none}.
 */
final class DnsSpeed {

  private static final int DIFFERENT = 20_000;
  private static final int IP_BYTES = 14 + 20;

  /** A machine that does other things as well tells more by the time of the thread. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private DnsSpeed() {}

  public static void main(String[] arguments) {
    int packets = Integer.parseInt(arguments[0]);
    boolean known = arguments[1].equals("target");
    byte[][] seeds = seeds();
    for (int round = 1; round <= 3; round++) {
      long begin = THREADS.getCurrentThreadCpuTime();
      Optional<Transcript> transcript =
          arguments[2].equals("transcript")
              ? Optional.of(new Transcript(OutputStream.nullOutputStream()))
              : Optional.empty();
      DnsReport report = run(packets, known, seeds, transcript);
      double seconds = (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
      Runtime runtime = Runtime.getRuntime();
      System.gc();
      System.out.printf(
          "%,d packets in %.2f s of CPU: %,.0f packets/s, heap %d MiB; %s%n",
          packets,
          seconds,
          packets / seconds,
          (runtime.totalMemory() - runtime.freeMemory()) >> 20,
          report.verdict().sentence());
    }
  }

  private static DnsReport run(
      int packets, boolean known, byte[][] seeds, Optional<Transcript> transcript) {
    Set<IpAddress> target =
        known ? Set.of(IpAddress.parse(Scene.TARGET).orElseThrow()) : Set.<IpAddress>of();
    DnsAnalysis analysis =
        new DnsAnalysis(target, Set.of(), VerdictThresholds.DEFAULTS, transcript);
    TcpFacts tcp = new TcpFacts();
    Dissector dissector = new Dissector();
    for (int i = 0; i < packets; i++) {
      byte[] bytes = seeds[i % seeds.length];
      number(bytes, i / seeds.length);
      dissector.dissect(LinkType.EN10MB, bytes, 0, bytes.length, bytes.length);
      analysis.packet(dissector, i * 10_000L);
      tcp.packet(dissector, i * 10_000L);
    }
    return analysis.finish();
  }

  /** Writes a number into the first label, so that each round has names of its own. */
  private static void number(byte[] packet, int round) {
    int at = IP_BYTES + 8 + DnsMessage.HEADER_BYTES + 1;
    for (int rest = round, i = 0; i < 6; i++, rest /= 26) {
      packet[at + i] = (byte) ('a' + rest % 26);
    }
  }

  private static byte[][] seeds() {
    byte[][] packets = new byte[DIFFERENT][];
    byte[] alias = DnsBytes.record(5, 30, "0161c00c");
    byte[] address = DnsBytes.record(DnsBytes.A, 30, "01020304");
    for (int i = 0; i < DIFFERENT; i += 2) {
      String name = "xxxxxx" + i + ".ns" + i % 50 + ".svc.cluster.local";
      String client = "10.1." + i % 100 + "." + i % 200;
      int port = 2_000 + i;
      byte[] query = DnsBytes.query(i, name, DnsBytes.A);
      byte[] answer = DnsBytes.response(i, name, DnsBytes.A, i % 20 == 0 ? 3 : 0, alias, address);
      packets[i] = ethernet(0x0800, ip(client, Scene.TARGET, UDP, udp(port, 53, query)));
      packets[i + 1] = ethernet(0x0800, ip(Scene.TARGET, client, UDP, udp(53, port, answer)));
    }
    return packets;
  }
}
