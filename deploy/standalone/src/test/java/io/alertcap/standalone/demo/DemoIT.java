package io.alertcap.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.VerdictCode;
import io.alertcap.standalone.Standalone;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./alertcap demo} does, twice, and a restart after it; looked at with tshark. */
class DemoIT {

  private static final long QUERIES = 400;

  @TempDir private static Path directory;

  @BeforeAll
  static void possible() {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, to make network namespaces");
    for (String program : List.of("ip", "dnsmasq", "tshark")) {
      assumeTrue(installed(program), "needs the program " + program);
    }
  }

  @Test
  void twiceInARowAndAfterARestart() throws Exception {
    Progress progress = new Progress(System.err);

    DemoResult first = new Demo(directory, Clock.systemUTC(), progress).run();
    DemoResult second = new Demo(directory, Clock.systemUTC(), progress).run();

    for (DemoResult result : List.of(first, second)) {
      holdsExactlyTheDemosTraffic(result.copy());
      explainsItself(result);
      hasNames(result.copy());
      tellsTheTruth(result.record());
    }
    assertThat(first.record().id()).isNotEqualTo(second.record().id());
    isServedAfterARestart(first);
  }

  private static void holdsExactlyTheDemosTraffic(Path file) throws Exception {
    assertThat(count(file, "dns.flags.response == 0 && dns.qry.name contains \"demo.example\""))
        .isEqualTo(QUERIES);
    assertThat(count(file, "dns.flags.response == 1 && dns.flags.rcode == 0")).isEqualTo(QUERIES);
    assertThat(count(file, "frame")).isEqualTo(2 * QUERIES);
  }

  private static void explainsItself(DemoResult result) {
    assertThat(result.copy().toString()).endsWith(".pcapng.gz");
    assertThat(result.record().enrichment().orElseThrow().warnings()).isEmpty();
    DnsReport dns = result.record().dns().orElseThrow();
    assertThat(dns.verdict().code()).isEqualTo(VerdictCode.HEALTHY);
    assertThat(dns.served().orElseThrow().answered()).isEqualTo(QUERIES);
    assertThat(result.transcript()).hasSize(4).first().asString().startsWith("# time\tclient");
    assertThat(result.transcript().getLast()).contains("demo.example.\tA\tNOERROR");
  }

  /** The asked pod's name is in the command; the other one's only the trigger service knows. */
  private static void hasNames(Path file) throws Exception {
    String pod = "kube-system/coredns-85578f88b8-n2t6g";
    String client = "shop/cart-0";
    Process hosts = Commands.start(List.of("tshark", "-q", "-r", file.toString(), "-z", "hosts"));
    assertThat(Commands.output(hosts).lines())
        .contains(DemoNetwork.POD_ADDRESS + "\t" + pod, DemoNetwork.CLIENT_ADDRESS + "\t" + client);
    Process packets = Commands.start(List.of("tshark", "-N", "n", "-r", file.toString()));
    assertThat(Commands.output(packets).lines())
        .filteredOn(line -> line.contains(client + " → " + pod + " DNS"))
        .hasSize((int) QUERIES);
  }

  private static void tellsTheTruth(CaptureRecord record) {
    assertThat(record.status()).isEqualTo(CaptureStatus.COMPLETED);
    assertThat(record.partial()).isFalse();
    assertThat(record.end()).contains(CaptureEnd.DURATION);
    Statistics statistics = record.statistics().orElseThrow();
    assertThat(statistics.dropped()).contains(0L);
    Instant active = record.timings().filterActiveAt().orElseThrow();
    Instant closed = record.timings().closedAt().orElseThrow();
    assertThat(statistics.firstPacketAt().orElseThrow()).isBetween(active, closed);
    assertThat(statistics.lastPacketAt().orElseThrow()).isBetween(active, closed);
  }

  private static void isServedAfterARestart(DemoResult earlier) throws Exception {
    CaptureId id = earlier.record().id();
    Path again = directory.resolve("again.pcap");
    try (Standalone pipeline = Standalone.start(ConfigurationSource.file(earlier.configuration()));
        TriggerApi trigger = new TriggerApi(pipeline.triggerUri())) {
      CaptureRecord record = trigger.record(id);
      assertThat(record)
          .usingRecursiveComparison()
          .ignoringFields("accesses")
          .isEqualTo(earlier.record());
      assertThat(record.accesses().orElseThrow().count()).as("the demo's own download").isOne();
      trigger.download(id, again);
    }
    assertThat(again).hasSameBinaryContentAs(earlier.copy());
  }

  private static long count(Path file, String filter) throws Exception {
    Process tshark =
        Commands.start(
            List.of(
                "tshark",
                "-n",
                "-r",
                file.toString(),
                "-Y",
                filter,
                "-T",
                "fields",
                "-e",
                "frame.number"));
    String output = Commands.output(tshark);
    assertThat(tshark.waitFor()).as(output).isZero();
    return output.lines().filter(line -> line.matches("[0-9]+")).count();
  }

  static boolean installed(String program) {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
