package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forContainer;
import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.capture.PcapFile;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.command.CommandIntake.Answer;
import io.alertcap.capturer.command.NodeCommand;
import io.alertcap.capturer.fixture.CaptureFiles;
import io.alertcap.capturer.fixture.FakePacketSource;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.netns.Capability;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.capturer.spool.FreeSpace;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes of commands, told from outside: by the events, the bucket and the meters. */
@Timeout(30)
class CaptureLifeTest {

  @TempDir Path directory;
  private Node node;

  @BeforeEach
  void startNode() throws IOException {
    node = new Node(Node.Setup.in(directory)).started();
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  @Test
  void aCaptureIsCapturedUploadedAndToldOf() throws IOException {
    CaptureRequest request = lasting("a", Duration.ofMillis(200));

    assertThat(node.start(request)).isEqualTo(new Answer.Taken());

    awaitEnd(request.id(), "started", "captured", "completed");
    CaptureEvent.Completed completed =
        (CaptureEvent.Completed) node.kafka.eventsOf(request.id()).getLast();
    assertThat(completed.result().end()).isEqualTo(CaptureEnd.DURATION);
    assertThat(completed.result().packets()).isEqualTo(FakePacketSource.PACKETS);
    String key = completed.artifact().key();
    assertThat(key)
        .startsWith("prefix/")
        .endsWith("/kube-system/coredns-1/" + request.id() + ".pcapng.gz");
    byte[] file = node.store.content(key);
    assertThat(file).hasSize((int) completed.artifact().bytes());
    assertThat(node.store.object(key).metadata())
        .containsEntry("capture-id", request.id().value())
        .containsEntry("sha256", completed.artifact().sha256());
    assertThat(CaptureFiles.packets(file)).isEqualTo(FakePacketSource.PACKETS);
    await().untilAsserted(() -> assertThat(node.spool.captures()).isEmpty());
    assertThat(node.counted("alertcap.capturer.commands", "outcome", "accepted")).isEqualTo(1);
    assertThat(node.counted("alertcap.capturer.captures", "status", "completed")).isEqualTo(1);
  }

  @Test
  void theRecordBesideTheFileIsTheOneThatTheEventsTell() {
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);

    awaitEnd(request.id(), "started", "captured", "completed");
    CaptureRecord told =
        CaptureRecord.of(new CaptureEvent.Requested(request, request.commandedAt()));
    for (CaptureEvent event : node.kafka.eventsOf(request.id())) {
      told = told.with(event);
    }
    byte[] json = node.store.content(request.id() + ".json");
    assertThat(Json.read(json, CaptureRecord.class)).isEqualTo(new Reading.Valid<>(told));
  }

  @Test
  void theSameCommandTwiceIsOneCapture() {
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);
    node.start(request);
    awaitEnd(request.id(), "started", "captured", "completed");
    await().until(() -> node.spool.captures().isEmpty());
    node.start(request);

    assertThat(node.counted("alertcap.capturer.commands", "outcome", "duplicate")).isEqualTo(2);
    assertThat(node.kafka.typesOf(request.id())).hasSize(3);
  }

  @Test
  void aStopEndsARunningCaptureAndKeepsWhatItHas() {
    CaptureRequest request = forThisProcess("a");
    node.start(request);
    await().until(() -> node.kafka.typesOf(request.id()).contains("started"));

    node.take(stop(request.id(), CaptureEnd.RESOLVED));

    awaitEnd(request.id(), "started", "captured", "completed");
    assertThat(resultEnd(request.id())).isEqualTo(CaptureEnd.RESOLVED);
    assertThat(node.counted("alertcap.capturer.commands", "outcome", "stopped")).isEqualTo(1);
  }

  @Test
  void aStopBeforeTheFilterIsActiveCancels() {
    CaptureRequest request = forThisProcess("a");
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    node.packets.whileOpening(() -> {
      opening.countDown();
      awaitLatch(stopped);
    });
    node.start(request);
    awaitLatch(opening);

    node.take(stop(request.id(), CaptureEnd.CANCELLED));
    stopped.countDown();

    awaitEnd(request.id(), "cancelled");
  }

  @Test
  void aStopOfNothingHasNoEffect() {
    node.take(stop(Requests.id("unknown"), CaptureEnd.CANCELLED));

    assertThat(node.counted("alertcap.capturer.commands", "outcome", "stop-without-effect"))
        .isEqualTo(1);
    assertThat(node.kafka.records()).isEmpty();
  }

  @Test
  void aCommandThatComesTooLateExpires() {
    CaptureRequest request =
        Requests.expiringAt(forThisProcess("a"), Instant.now().minusSeconds(5));

    node.start(request);

    awaitEnd(request.id(), "expired");
    assertThat(node.counted("alertcap.capturer.commands", "outcome", "expired")).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsRejectedAndTheNextCommandWorks() {
    CaptureId id = Requests.id("broken");
    Failure failure = new Failure(FailureCode.INVALID_COMMAND, "request.target is missing");

    node.take(new NodeCommand.NotUnderstood(id, failure));
    CaptureRequest next = lasting("next", Duration.ofMillis(100));
    node.start(next);

    awaitEnd(id, "rejected");
    awaitEnd(next.id(), "started", "captured", "completed");
  }

  @Test
  void aContainerThatNobodyHasIsAFailureWithItsCode() {
    CaptureRequest request = forContainer("a");

    node.start(request);

    awaitEnd(request.id(), "failed");
    assertThat(failure(request.id()).code()).isEqualTo(FailureCode.CONTAINER_NOT_FOUND);
  }

  @Test
  void everyWayInWhichATapDoesNotOpenHasItsCode() {
    assertThat(codeAfter(new TapOpening.InvalidFilter("syntax error")))
        .isEqualTo(FailureCode.INVALID_FILTER);
    assertThat(codeAfter(new TapOpening.InterfaceNotFound("No eth7.", List.of("lo"))))
        .isEqualTo(FailureCode.INTERFACE_NOT_FOUND);
    assertThat(codeAfter(new TapOpening.PermissionDenied(Capability.NET_RAW, "Needs NET_RAW.")))
        .isEqualTo(FailureCode.PERMISSION_DENIED);
    assertThat(codeAfter(new TapOpening.Failed("The kernel says no.")))
        .isEqualTo(FailureCode.INTERNAL);
  }

  @Test
  void moreCapturesThanAllowedAreRejectedWithTheNameOfTheBudget() throws IOException {
    closeNode();
    node = new Node(Node.Setup.in(directory).with(Node.permissive(1))).started();
    CaptureRequest first = forThisProcess("first");
    CaptureRequest second =
        with(forThisProcess("second"), spec("tcp", "auto", Duration.ofSeconds(1)));

    node.start(first);
    node.start(second);

    awaitEnd(second.id(), "rejected");
    assertThat(failure(second.id()).code()).isEqualTo(FailureCode.BUDGET_EXCEEDED);
    assertThat(failure(second.id()).message()).contains("policy.maxConcurrent");
  }

  @Test
  void oneCaptureAtATimeOfANamespaceWithAFilter() {
    CaptureRequest first = forThisProcess("first");
    CaptureRequest same = forThisProcess("same");
    node.start(first);
    await().until(() -> node.kafka.typesOf(first.id()).contains("started"));

    node.start(same);

    awaitEnd(same.id(), "rejected");
    assertThat(failure(same.id()).message()).contains(first.id().value());
    node.take(stop(first.id(), CaptureEnd.CANCELLED));
    awaitEnd(first.id(), "started", "captured", "completed");
    CaptureRequest after = lasting("after", Duration.ofMillis(100));
    node.start(after);
    awaitEnd(after.id(), "started", "captured", "completed");
  }

  @Test
  void theNodesPolicyHolds() throws IOException {
    closeNode();
    node = new Node(Node.Setup.in(directory).with(NodePolicy.STANDARD)).started();
    CaptureRequest request = forThisProcess("a");

    node.start(request);

    awaitEnd(request.id(), "rejected");
    assertThat(failure(request.id()).code()).isEqualTo(FailureCode.HOST_NETWORK_DENIED);
  }

  @Test
  void withoutRoomACaptureFailsBeforeItBegins() throws IOException {
    closeNode();
    FreeSpace full = () -> new FreeSpace.Space(100L << 30, 1L << 20);
    node = new Node(Node.Setup.in(directory).with(full)).started();
    CaptureRequest request = forThisProcess("a");

    node.start(request);

    awaitEnd(request.id(), "failed");
    assertThat(failure(request.id()).code()).isEqualTo(FailureCode.DISK_FULL);
    assertThat(failure(request.id()).message()).contains("spool.minFree");
  }

  @Test
  void whenTheDiskFillsUpACaptureEndsWithWhatItHas() throws IOException {
    closeNode();
    AtomicLong usable = new AtomicLong(50L << 30);
    node =
        new Node(
                Node.Setup.in(directory)
                    .with((FreeSpace) () -> new FreeSpace.Space(100L << 30, usable.get())))
            .started();
    CaptureRequest request = forThisProcess("a");
    node.start(request);
    await().until(() -> node.kafka.typesOf(request.id()).contains("started"));

    usable.set(1L << 20);

    awaitEnd(request.id(), "started", "captured", "completed");
    assertThat(resultEnd(request.id())).isEqualTo(CaptureEnd.DISK);
  }

  @Test
  void whileKafkaIsGoneCapturesAreMadeAndTheirEventsWait() {
    node.kafka.goDown();
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);

    await().until(() -> node.store.objects().size() == 2);
    await().until(() -> node.check("events").contains("the broker is gone"));
    assertThat(node.kafka.records()).isEmpty();
    node.kafka.comeBack();
    awaitEnd(request.id(), "started", "captured", "completed");
    await().until(() -> node.check("events").equals("ready"));
  }

  @Test
  void whileTheStoreIsGoneTheFileIsKeptAndTriedAgain() {
    node.store.fail("The store refuses: check s3.accessKey.");
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);

    await().until(() -> node.store.attempts() > 2);
    assertThat(node.kafka.typesOf(request.id())).containsExactly("started", "captured");
    assertThat(node.check("store")).contains("s3.accessKey");
    node.store.recover();
    awaitEnd(request.id(), "started", "captured", "completed");
  }

  @Test
  void whatCannotBeDeliveredInTimeFailsAndStaysOnTheNode() throws IOException {
    closeNode();
    node = new Node(Node.Setup.in(directory).with(keepingFor(Duration.ofMillis(300)))).started();
    node.store.fail("The store refuses: check s3.accessKey.");
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);

    awaitEnd(request.id(), "started", "captured", "failed");
    Failure failure = failure(request.id());
    Path kept = directory.resolve("kept").resolve(request.id() + ".pcap");
    assertThat(failure.code()).isEqualTo(FailureCode.UPLOAD_FAILED);
    assertThat(failure.message()).contains(kept.toString(), "s3.accessKey");
    assertThat(PcapFile.scan(kept).packets()).isEqualTo(FakePacketSource.PACKETS);
    await().until(() -> node.spool.captures().isEmpty());
    assertThat(kept).exists();
    assertThat(node.spool.usedBytes()).isEqualTo(Files.size(kept));
  }

  @Test
  void goingDownEndsCapturesAsInterruptedAndDeliversThem() throws IOException {
    CaptureRequest request = forThisProcess("a");
    node.start(request);
    await().until(() -> node.kafka.typesOf(request.id()).contains("started"));

    node.close();

    assertThat(node.kafka.typesOf(request.id()))
        .containsExactly("started", "captured", "completed");
    assertThat(resultEnd(request.id())).isEqualTo(CaptureEnd.INTERRUPTED);
    assertThat(node.spool.captures()).isEmpty();
  }

  @Test
  void whatAnUnforeseenErrorComesToIsAnEventToo() {
    node.packets.whileOpening(() -> {
      throw new IllegalStateException("nobody foresaw this");
    });
    CaptureRequest request = forThisProcess("a");

    node.start(request);

    awaitEnd(request.id(), "failed");
    assertThat(failure(request.id()).code()).isEqualTo(FailureCode.INTERNAL);
    assertThat(failure(request.id()).message()).contains("nobody foresaw this");
  }

  @Test
  void aCrowdedSpoolTakesNoMore() throws IOException {
    closeNode();
    SpoolSettings one =
        new SpoolSettings(
            directory,
            SpoolSettings.MAX_BYTES,
            Optional.empty(),
            Duration.ofHours(1),
            SpoolSettings.REMEMBER_FOR,
            10,
            1);
    node = new Node(Node.Setup.in(directory).with(one)).started();
    node.start(forThisProcess("first"));

    assertThat(node.start(forThisProcess("second"))).isInstanceOf(Answer.NotNow.class);
  }

  @Test
  void nothingComesOfACommandThatTheJournalCannotTakeUntilItCan() throws IOException {
    CaptureRequest request = forThisProcess("blocked");
    Path inTheWay = directory.resolve("captures").resolve(request.id().value());
    Files.writeString(inTheWay, "a file where the capture's directory would be");

    assertThat(node.start(request)).isInstanceOf(Answer.NotNow.class);

    assertThat(node.kafka.typesOf(request.id())).isEmpty();
    assertThat(node.budgets.running()).isZero();
    Files.delete(inTheWay);
    assertThat(node.start(request)).isInstanceOf(Answer.Taken.class);
    awaitEnd(request.id(), "started");
  }

  private FailureCode codeAfter(TapOpening answer) {
    node.packets.answer(answer);
    CaptureRequest request = forThisProcess(answer.getClass().getSimpleName());
    node.start(request);
    awaitEnd(request.id(), "failed");
    return failure(request.id()).code();
  }

  private void awaitEnd(CaptureId id, String... types) {
    await().untilAsserted(() -> assertThat(node.kafka.typesOf(id)).containsExactly(types));
  }

  private Failure failure(CaptureId id) {
    CaptureEvent last = node.kafka.eventsOf(id).getLast();
    return last.status() == CaptureStatus.FAILED
        ? ((CaptureEvent.Failed) last).failure()
        : ((CaptureEvent.Rejected) last).failure();
  }

  private CaptureEnd resultEnd(CaptureId id) {
    return node.kafka.eventsOf(id).stream()
        .filter(CaptureEvent.Captured.class::isInstance)
        .map(event -> ((CaptureEvent.Captured) event).result().end())
        .findFirst()
        .orElseThrow();
  }

  private SpoolSettings keepingFor(Duration keepFor) {
    return new SpoolSettings(
        directory,
        DataSize.ofGibibytes(5),
        Optional.empty(),
        keepFor,
        SpoolSettings.REMEMBER_FOR,
        SpoolSettings.MAX_REMEMBERED,
        SpoolSettings.MAX_CAPTURES);
  }

  private static CaptureRequest lasting(String name, Duration duration) {
    return with(forThisProcess(name), spec("udp", "auto", duration));
  }

  private static NodeCommand stop(CaptureId id, CaptureEnd end) {
    return new NodeCommand.Understood(new CaptureCommand.Stop(id, Requests.NODE, end));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
