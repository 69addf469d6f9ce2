package io.alertcap.capturer.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.CapturerConfig;
import io.alertcap.capturer.CapturerService;
import io.alertcap.capturer.analyze.Main;
import io.alertcap.capturer.dns.DnsPod;
import io.alertcap.capturer.dns.Tshark;
import io.alertcap.capturer.fixture.Outside;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.VerdictCode;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * From a command to what lies in the bucket: the figures that the event tells, and the lines of the
 * transcript, are those that tshark reads in the file that was uploaded.
 */
@Timeout(120)
class ExplainedFileIT {

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();
  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private Outside outside;
  private CapturerService service;

  @BeforeEach
  void startService() throws IOException {
    DnsPod.needDnsmasq();
    outside =
        lab.closing(
            new Outside(kafka.bootstrapServers(), s3.endpoint(), s3.credentials(), s3.bucket()));
    service =
        CapturerService.start(
            ConfigurationSource.text("it", outside.config(directory.resolve("spool")))
                .read(CapturerConfig::from)
                .settings());
    await().until(() -> Outside.get(service.httpPort(), "/readyz").statusCode() == 200);
  }

  @AfterEach
  void closeService() {
    service.close();
  }

  @Test
  void figuresAndTranscriptAreWhatTsharkReadsInTheUploadedFile() throws IOException {
    CaptureEvent.Completed completed = captured("figures");

    DnsReport dns = completed.dns().orElseThrow();
    Path file = download(completed.artifact().key());
    String transcript = Files.readString(download(completed.transcript().orElseThrow()));
    new Tshark(file).expect(dns, transcript);
    assertThat(file.toString()).endsWith(".pcapng.gz");
    assertThat(completed.transcript().orElseThrow()).endsWith(".dns.txt");
    assertThat(transcript.lines()).hasSize(1 + 20 + 20 + 6 + 2);
    assertThat(dns.verdict().code()).isEqualTo(VerdictCode.UPSTREAM_SLOW);
    assertThat(dns.served().orElseThrow().rcodes())
        .containsEntry("NOERROR", 22L)
        .containsEntry("NXDOMAIN", 6L);
    assertThat(dns.served().orElseThrow().tcp()).isEqualTo(2);
  }

  @Test
  void theRecordInTheBucketSaysWhatTheEventSays() throws IOException {
    CaptureEvent.Completed completed = captured("record");

    String key = completed.artifact().key().replace(".pcapng.gz", ".json");
    Reading<CaptureRecord> record =
        Json.read(Files.readAllBytes(download(key)), CaptureRecord.class);
    assertThat(record).isInstanceOf(Reading.Valid.class);
    CaptureRecord inBucket = ((Reading.Valid<CaptureRecord>) record).value();
    assertThat(inBucket.dns()).isEqualTo(completed.dns()).isPresent();
    assertThat(inBucket.tcp()).isEqualTo(completed.tcp()).isPresent();
    assertThat(inBucket.transcript()).isEqualTo(completed.transcript());
  }

  @Test
  void theUploadedFileSaysWhyItExistsAndWhatTheKernelCounted() throws IOException {
    CaptureEvent.Completed completed = captured("comment");

    Path file = download(completed.artifact().key());
    Statistics.Counts kernel =
        completed.result().statistics().flatMap(Statistics::counts).orElseThrow();
    assertThat(Machine.output("capinfos", file.toString()))
        .anyMatch(line -> line.matches("File type: +Wireshark/... - pcapng.*"))
        .anyMatch(line -> line.matches("Number of packets: +" + completed.artifact().packets()))
        .anyMatch(line -> line.matches(" +Name = eth0"))
        .anyMatch(line -> line.endsWith("Filter string = port 53"))
        .anyMatch(line -> line.matches(" +Number of stat entries = 1"))
        .anyMatch(line ->
            line.startsWith("Capture comment:")
                && line.contains("capture: " + completed.id())
                && line.contains("alert: CoreDNSLatencyHigh")
                && line.contains("target: kube-system/coredns-1")
                && line.contains("ended by: cancelled")
                && line.contains("label team: ünïcode"));
    assertThat(blocks(file))
        .anyMatch(line -> line.endsWith("Number of Accepted Packets = " + kernel.received()))
        .anyMatch(line -> line.endsWith("Number of Packets Dropped by OS = " + kernel.dropped()))
        .anyMatch(line ->
            line.endsWith(
                "Number of Packets Delivered to the User = " + completed.artifact().packets()));
  }

  @Test
  void analyzeSaysTheSameOfTheUploadedFile() throws IOException {
    CaptureEvent.Completed completed = captured("again");

    Path file = download(completed.artifact().key());
    JsonNode said = analyzed(file).path("files").path(0);
    assertThat(Json.read(said.path("dns"), DnsReport.class))
        .isEqualTo(new Reading.Valid<>(completed.dns().orElseThrow()));
    assertThat(said.path("packets").asLong()).isEqualTo(completed.artifact().packets());
  }

  /** Half of the upstream's answers are slow, a few names do not exist, and two need TCP. */
  private CaptureEvent.Completed captured(String name) throws IOException {
    DnsPod server = DnsPod.start(lab, directory);
    CaptureRequest request =
        Requests.with(
            Requests.withPodIp(Requests.forNetns(name, lab.podPath()), DnsPod.ADDRESS),
            Requests.spec("port 53", "auto", Duration.ofMinutes(2)));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.STARTED);
    for (int i = 0; i < 20; i++) {
      server.ask("after-" + (i % 2 == 0 ? 0 : 150) + "-" + i + ".example", 2_000);
    }
    for (int i = 0; i < 6; i++) {
      server.ask("missing-" + i + ".cluster.local", 2_000);
    }
    for (int i = 0; i < 2; i++) {
      server.askOverTcp("one.local.test");
    }
    outside.command(new CaptureCommand.Stop(request.id(), Requests.NODE, CaptureEnd.CANCELLED));
    outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);
    return (CaptureEvent.Completed) outside.events(request.id()).getLast();
  }

  private Path download(String key) {
    return outside.download(key, directory.resolve(key.substring(key.lastIndexOf('/') + 1)));
  }

  private static List<String> blocks(Path file) throws IOException {
    // tshark dissects the blocks of a file only where it is not compressed
    Path plain = file.resolveSibling("plain.pcapng");
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      Files.copy(in, plain);
    }
    return Machine.output(
        "tshark",
        "-r",
        plain.toString(),
        "-X",
        "read_format:MIME Files Format",
        "-V",
        "-O",
        "file-pcapng");
  }

  /** In a process of its own, as {@code ./alertcap analyze} is. */
  private static JsonNode analyzed(Path file) {
    Path java = Path.of(System.getProperty("java.home")).resolve("bin").resolve("java");
    String json =
        String.join(
            "\n",
            Machine.output(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--target",
                DnsPod.ADDRESS,
                "--output",
                "json",
                file.toString()));
    Reading<JsonNode> read = Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    assertThat(read).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid<JsonNode>) read).value();
  }
}
