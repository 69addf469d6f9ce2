package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.capture.PcapFile;
import io.alertcap.capturer.fixture.CaptureFiles;
import io.alertcap.capturer.fixture.FakePacketSource;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that was killed leaves a spool directory and nothing else. Each test makes one as it is
 * after a certain step, and starts a node on it.
 */
@Timeout(30)
class RestartTest {

  @TempDir Path directory;
  private final CaptureRequest request =
      with(forThisProcess("a"), spec("udp", "auto", Duration.ofMillis(100)));
  private final CaptureId id = request.id();
  private Spool before;
  private Optional<Node> after = Optional.empty();

  @BeforeEach
  void openSpool() throws IOException {
    before = Spool.open(SpoolSettings.in(directory), Clock.systemUTC());
  }

  @AfterEach
  void closeNode() throws IOException {
    before.close();
    if (after.isPresent()) {
      after.get().close();
    }
  }

  @Test
  void acceptedIsRun() throws IOException {
    before.accept(request);

    Node node = restart();

    awaitEvents(node, "started", "captured", "completed");
    assertThat(result(node).end()).isEqualTo(CaptureEnd.DURATION);
  }

  @Test
  void acceptedAndMeanwhileExpiredIsNotRun() throws IOException {
    before.accept(Requests.expiringAt(request, Instant.now().minusSeconds(1)));

    awaitEvents(restart(), "expired");
  }

  @Test
  void acceptedAndStoppedIsCancelled() throws IOException {
    before.accept(request).requestStop(CaptureEnd.RESOLVED);

    awaitEvents(restart(), "cancelled");
  }

  @Test
  void acceptedWithTheBeginningOfAFileIsRunAnew() throws IOException {
    Files.write(before.accept(request).file(), FakePacketSource.file(1, 30));

    Node node = restart();

    awaitEvents(node, "started", "captured", "completed");
    assertThat(result(node).packets()).isEqualTo(FakePacketSource.PACKETS);
  }

  @Test
  void killedWhileCapturingTheFileIsCutToWholePacketsAndDelivered() throws IOException {
    SpooledCapture capture = started();
    Files.write(capture.file(), FakePacketSource.file(7, 33));

    Node node = restart();

    awaitEvents(node, "started", "captured", "completed");
    assertThat(result(node).end()).isEqualTo(CaptureEnd.INTERRUPTED);
    assertThat(result(node).packets()).isEqualTo(7);
    Statistics statistics = result(node).statistics().orElseThrow();
    assertThat(statistics.counts()).isEmpty();
    assertThat(statistics.firstPacketAt()).isPresent();
    assertThat(statistics.lastPacketAt()).isPresent();
    CaptureEvent.Completed completed = (CaptureEvent.Completed) node.kafka.eventsOf(id).getLast();
    assertThat(completed.result().statistics().flatMap(Statistics::topPeers)).isPresent();
    assertThat(completed.enrichment().orElseThrow().warnings())
        .anyMatch(
            warning -> warning.startsWith("How many packets the kernel dropped is not known"));
    assertThat(CaptureFiles.packets(node.store.content(id + ".pcapng.gz"))).isEqualTo(7);
  }

  @Test
  void killedBeforeAnythingReachedTheDiskIsAFailureThatSaysSo() throws IOException {
    Files.write(started().file(), new byte[0]);

    Node node = restart();

    awaitEvents(node, "started", "failed");
    CaptureEvent.Failed failed = (CaptureEvent.Failed) node.kafka.eventsOf(id).getLast();
    assertThat(failed.failure().code()).isEqualTo(FailureCode.INTERNAL);
    assertThat(failed.failure().message()).contains("nothing had reached the disk");
  }

  @Test
  void capturedIsDelivered() throws IOException {
    captured();

    Node node = restart();

    awaitEvents(node, "started", "captured", "completed");
    assertThat(node.store.objects()).hasSize(2);
  }

  @Test
  void uploadedIsToldOfAndNotUploadedAgain() throws IOException {
    SpooledCapture capture = captured();
    capture.record(completed(capture.journal().result().orElseThrow()));

    Node node = restart();

    awaitEvents(node, "started", "captured", "completed");
    await().until(() -> node.spool.captures().isEmpty());
    assertThat(node.store.attempts()).isZero();
  }

  @Test
  void eventsAreRepeatedWithTheSameIdentity() throws IOException {
    SpooledCapture capture = captured();
    List<CaptureEvent> told = capture.journal().events();

    Node node = restart();

    awaitEvents(node, "started", "captured", "completed");
    assertThat(node.kafka.eventsOf(id)).startsWith(told.toArray(CaptureEvent[]::new));
    assertThat(
            new String(
                node.kafka.records().getFirst().headers().lastHeader("ce_id").value(),
                java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(id + "/started");
  }

  @Test
  void deliveredTwiceIsTheSameTwoObjects() throws IOException {
    captured();
    Node node = restart();
    awaitEvents(node, "started", "captured", "completed");
    List<String> keys = List.copyOf(node.store.objects().keySet());
    node.close();
    Path finished = directory.resolve("finished").resolve(id + ".json");
    Files.delete(finished);
    before = Spool.open(SpoolSettings.in(directory), Clock.systemUTC());
    captured();

    Node again = restart();

    awaitEvents(again, "started", "captured", "completed");
    assertThat(again.store.objects().keySet()).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void doneIsNotDoneAgain() throws IOException {
    before.accept(request);
    Node node = restart();
    awaitEvents(node, "started", "captured", "completed");
    await().until(() -> node.spool.captures().isEmpty());
    node.close();

    Node again = new Node(Node.Setup.in(directory)).started();
    after = Optional.of(again);
    again.start(request);

    assertThat(again.counted("alertcap.capturer.commands", "outcome", "duplicate")).isEqualTo(1);
    assertThat(again.kafka.records()).isEmpty();
  }

  @Test
  void aFileThatWasGivenUpIsMovedIfThatWasNotDoneYet() throws IOException {
    SpooledCapture capture = captured();
    CaptureResult result = capture.journal().result().orElseThrow();
    capture.record(
        new CaptureEvent.Failed(
            request,
            Instant.now(),
            new io.alertcap.schemas.Failure(FailureCode.UPLOAD_FAILED, "given up"),
            Optional.of(result)));

    Node node = restart();

    awaitEvents(node, "started", "captured", "failed");
    await().until(() -> node.spool.captures().isEmpty());
    assertThat(PcapFile.scan(node.spool.keptFile(id)).packets()).isEqualTo(5);
  }

  @Test
  void aTornJournalIsPutAsideReportedAndKeepsNobodyWaiting() throws IOException {
    SpooledCapture torn =
        before.accept(with(forThisProcess("torn"), spec("", "any", Duration.ofSeconds(1))));
    Path journal = torn.file().resolveSibling("journal.json");
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.write(torn.file(), FakePacketSource.file(2, 0));
    before.accept(request);

    Node node = restart();

    awaitEvents(node, "started", "captured", "completed");
    await().until(() -> node.kafka.typesOf(torn.id()).contains("rejected"));
    CaptureEvent.Rejected rejected =
        (CaptureEvent.Rejected) node.kafka.eventsOf(torn.id()).getLast();
    assertThat(rejected.failure().message()).contains("quarantine");
    try (var aside = Files.list(directory.resolve("quarantine"))) {
      assertThat(aside.findFirst().orElseThrow().resolve("capture.pcap")).exists();
    }
    assertThat(node.spool.quarantined()).isEqualTo(1);
  }

  private SpooledCapture started() throws IOException {
    SpooledCapture capture = before.accept(request);
    Instant now = Instant.now();
    capture.record(new CaptureEvent.Started(request, now, "eth0", "EN10MB", now));
    return capture;
  }

  private SpooledCapture captured() throws IOException {
    SpooledCapture capture = started();
    byte[] file = FakePacketSource.file(5, 0);
    Files.write(capture.file(), file);
    Instant now = Instant.now();
    CaptureResult result =
        new CaptureResult(
            CaptureEnd.DURATION, "eth0", "EN10MB", 5, file.length, Optional.empty(), now, now);
    capture.record(new CaptureEvent.Captured(request, now, result));
    return capture;
  }

  private CaptureEvent.Completed completed(CaptureResult result) {
    return new CaptureEvent.Completed(
        request,
        Instant.now(),
        result,
        new io.alertcap.schemas.Artifact(
            "captures", "key.pcap", result.bytes(), "0".repeat(64), "pcap", "none", 5, "EN10MB"));
  }

  /** Killed: nothing is written any more, and the kernel has given the lock back. */
  private Node restart() throws IOException {
    before.close();
    Node node = new Node(Node.Setup.in(directory)).started();
    after = Optional.of(node);
    return node;
  }

  private void awaitEvents(Node node, String... types) {
    await().untilAsserted(() -> assertThat(node.kafka.typesOf(id)).containsExactly(types));
  }

  private CaptureResult result(Node node) {
    return node.kafka.eventsOf(id).stream()
        .filter(event -> event.status() == CaptureStatus.CAPTURED)
        .map(event -> ((CaptureEvent.Captured) event).result())
        .findFirst()
        .orElseThrow();
  }
}
