package io.alertcap.capturer.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.dns.VerdictThresholds;
import io.alertcap.capturer.enrich.DnsPorts;
import io.alertcap.capturer.enrich.Packets;
import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.fixture.CaptureFiles;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Peer;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.TargetKnown;
import io.alertcap.schemas.VerdictCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadPreparationTest {

  private static final PayloadPolicy NO_PAYLOAD =
      new PayloadPolicy(PayloadProfile.FULL, "kube-system"::equals);

  @TempDir private Path directory;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Optional<String> shortage = Optional.empty();
  private Spool spool;
  private byte[] captured;

  @BeforeEach
  void openSpool() throws IOException {
    spool = Spool.open(SpoolSettings.in(directory), Clock.systemUTC());
    captured = Packets.file(LinkType.EN10MB);
  }

  @AfterEach
  void closeSpool() throws IOException {
    spool.close();
  }

  @Test
  void aCaptureBecomesAFileWithNamesAnAnalysisAndATranscript() throws IOException {
    SpooledCapture capture = capture("a");

    Prepared prepared = ready(preparation().prepare(capture));

    assertThat(prepared.extension()).isEqualTo(".pcapng.gz");
    assertThat(prepared.enrichment().plainBecause()).isEmpty();
    assertThat(prepared.enrichment().warnings()).isEmpty();
    assertThat(prepared.file(capture)).hasSize(prepared.bytes());
    assertThat(prepared.sha256()).isEqualTo(Sha256.of(prepared.file(capture)));
    assertThat(CaptureFiles.packets(Files.readAllBytes(prepared.file(capture)))).isEqualTo(5);
    assertThat(prepared.dns())
        .hasValueSatisfying(dns -> {
          assertThat(dns.verdict().code()).isEqualTo(VerdictCode.TOO_LITTLE_TRAFFIC);
          assertThat(dns.targetKnown()).isEqualTo(TargetKnown.UNKNOWN);
          assertThat(dns.messages().queries()).isEqualTo(3);
        });
    assertThat(prepared.tcp()).hasValueSatisfying(tcp -> assertThat(tcp.segments()).isEqualTo(1));
    assertThat(prepared.transcript()).isTrue();
    assertThat(Files.readAllLines(capture.transcriptFile()))
        .anyMatch(line -> line.contains("example.test.\tA\tNOERROR"));
    assertThat(prepared.complete(capture.journal().result().orElseThrow()).statistics())
        .flatMap(Statistics::topPeers)
        .hasValueSatisfying(
            peers -> assertThat(peers).extracting(Peer::address).contains("10.99.1.1"));
    assertThat(counted("enriched")).isEqualTo(1);
  }

  @Test
  void whatIsPreparedOnceIsNotPreparedAgainNotEvenByTheNextProcess() throws IOException {
    SpooledCapture capture = capture("a");
    Prepared prepared = ready(preparation().prepare(capture));
    spool.close();
    spool = Spool.open(SpoolSettings.in(directory), Clock.systemUTC());
    SpooledCapture again = spool.find(capture.id()).orElseThrow();

    assertThat(preparation().isPrepared(again)).isTrue();
    assertThat(ready(preparation().prepare(again))).isEqualTo(prepared);

    assertThat(counted("enriched")).isEqualTo(1);
  }

  @Test
  void whatAStricterPolicyForbidsByNowIsPreparedAgain() throws IOException {
    SpooledCapture capture = capture("a");
    Prepared before = ready(preparation().prepare(capture));

    assertThat(preparation(NO_PAYLOAD).isPrepared(capture)).isFalse();
    Prepared after = ready(preparation(NO_PAYLOAD).prepare(capture));

    assertThat(before.enrichment().payload()).isEqualTo(PayloadProfile.FULL);
    assertThat(after.enrichment().payload()).isEqualTo(PayloadProfile.HEADERS);
  }

  /** The transcript is begun again before the file is: what was noted of both is not true then. */
  @Test
  void aPassThatIsKilledLeavesNothingPrepared() throws IOException {
    SpooledCapture capture = capture("a");
    Prepared unused = ready(preparation().prepare(capture));
    shortage = Optional.of("The disk is full.");

    assertThat(preparation(NO_PAYLOAD).prepare(capture)).isInstanceOf(Preparation.Withheld.class);

    assertThat(preparation().isPrepared(capture)).isFalse();
  }

  @Test
  void ofNoPayloadThereIsNeitherDnsNorTranscript() throws IOException {
    SpooledCapture capture = capture("a");

    Prepared prepared = ready(preparation(NO_PAYLOAD).prepare(capture));

    assertThat(prepared.dns()).isEmpty();
    assertThat(prepared.transcript()).isFalse();
    assertThat(prepared.tcp()).isPresent();
    assertThat(capture.transcriptFile()).isEmptyFile();
  }

  @Test
  void theStricterOfRuleAndPolicyCounts() throws IOException {
    CaptureRequest request = Requests.forContainer("a");
    CaptureSpec spec = request.capture();
    CaptureSpec held =
        new CaptureSpec(
            spec.filter(),
            spec.networkInterface(),
            spec.duration(),
            spec.maxBytes(),
            spec.maxPackets(),
            spec.snaplen(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(PayloadProfile.DNS));

    Prepared prepared = ready(preparation().prepare(capture(Requests.with(request, held))));

    assertThat(prepared.enrichment().payload()).isEqualTo(PayloadProfile.DNS);
    assertThat(prepared.dns()).isPresent();
  }

  @Test
  void withoutRoomTheFileIsUploadedAsItIs() throws IOException {
    SpooledCapture capture = capture("a");
    shortage = Optional.of("The disk is full.");

    Prepared prepared = ready(preparation().prepare(capture));

    assertThat(prepared.enrichment().plainBecause())
        .contains("The file could not be enriched: The disk is full.");
    assertThat(prepared.extension()).isEqualTo(".pcap");
    assertThat(prepared.file(capture)).isEqualTo(capture.file());
    assertThat(prepared.sha256()).isEqualTo(Sha256.of(capture.file()));
    assertThat(capture.enrichedFile()).doesNotExist();
    assertThat(counted("plain")).isEqualTo(1);
  }

  @Test
  void whatMustNotLeaveTheNodeWaitsForRoom() throws IOException {
    SpooledCapture capture = capture("a");
    shortage = Optional.of("The disk is full.");

    assertThat(preparation(NO_PAYLOAD).prepare(capture))
        .isEqualTo(new Preparation.Withheld("The file could not be enriched: The disk is full."));

    shortage = Optional.empty();
    assertThat(ready(preparation(NO_PAYLOAD).prepare(capture)).enrichment().plainBecause())
        .isEmpty();
  }

  @Test
  void aPassThatWasKilledIsRunAgain() throws IOException {
    SpooledCapture capture = capture("a");
    Files.write(capture.enrichedFile().resolveSibling("enriched.part"), new byte[1000]);
    Files.write(capture.transcriptFile(), new byte[1000]);

    Prepared prepared = ready(preparation().prepare(capture));

    assertThat(CaptureFiles.packets(Files.readAllBytes(prepared.file(capture)))).isEqualTo(5);
    assertThat(Files.readString(capture.transcriptFile())).startsWith("# time\t");
    assertThat(capture.spooledBytes())
        .isGreaterThan(capture.bytes() + prepared.bytes())
        .isEqualTo(spool.usedBytes());
  }

  @Test
  void whoIsInterruptedDecidesNothing() throws IOException {
    SpooledCapture capture = capture("a");
    Thread.currentThread().interrupt();

    assertThat(preparation().prepare(capture)).isEqualTo(new Preparation.Interrupted());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(capture.prepared()).isEmpty();
  }

  /** Every byte but those of the header may be anything: there is always a file to upload. */
  @Test
  void anyBytesComeToAFile() throws IOException {
    Random random = new Random(20261123);
    byte[] whole = captured;
    for (int i = 0; i < 300; i++) {
      captured = whole.clone();
      for (int flips = 1 + random.nextInt(12); flips > 0; flips--) {
        captured[random.nextInt(captured.length)] ^= (byte) (1 << random.nextInt(8));
      }
      SpooledCapture capture = capture("fuzz-" + i);

      Prepared prepared = ready(preparation().prepare(capture));

      assertThat(prepared.file(capture)).hasSize(prepared.bytes());
      assertThat(prepared.enrichment().warnings())
          .noneMatch(warning -> warning.contains("stopped") || warning.contains("came to no end"));
    }
  }

  @Test
  void plainPcapCanBeHadToo() throws IOException {
    PreparationSettings settings =
        new PreparationSettings(
            FileFormat.PCAP, Compression.NONE, DnsPorts.STANDARD, VerdictThresholds.DEFAULTS);
    SpooledCapture capture = capture("a");

    Prepared prepared = ready(preparation(settings, PayloadPolicy.EVERYTHING).prepare(capture));

    assertThat(prepared.extension()).isEqualTo(".pcap");
    assertThat(prepared.contentType()).isEqualTo("application/vnd.tcpdump.pcap");
    assertThat(prepared.dns()).isPresent();
  }

  private UploadPreparation preparation() {
    return preparation(PayloadPolicy.EVERYTHING);
  }

  private UploadPreparation preparation(PayloadPolicy policy) {
    return preparation(PreparationSettings.STANDARD, policy);
  }

  private UploadPreparation preparation(PreparationSettings settings, PayloadPolicy policy) {
    return new UploadPreparation(
        settings, policy, Optional.empty(), () -> shortage, new CapturerMeters(registry), "1.2.3");
  }

  private static Prepared ready(Preparation preparation) {
    assertThat(preparation).isInstanceOf(Preparation.Ready.class);
    return ((Preparation.Ready) preparation).prepared();
  }

  private long counted(String outcome) {
    return Optional.ofNullable(
            registry.find("alertcap.capturer.enrichment").tag("outcome", outcome).timer())
        .map(timer -> timer.count())
        .orElse(0L);
  }

  private SpooledCapture capture(String name) throws IOException {
    return capture(Requests.forContainer(name));
  }

  private SpooledCapture capture(CaptureRequest request) throws IOException {
    SpooledCapture capture = spool.accept(request);
    Files.write(capture.file(), captured);
    Instant now = Instant.now();
    capture.record(new CaptureEvent.Started(request, now, "eth0", "EN10MB", now));
    CaptureResult result =
        new CaptureResult(
            CaptureEnd.DURATION,
            "eth0",
            "EN10MB",
            5,
            captured.length,
            Optional.of(new Statistics(5, 0, 0, Optional.empty(), Optional.empty())),
            now,
            now);
    capture.record(new CaptureEvent.Captured(request, now, result));
    return capture;
  }
}
