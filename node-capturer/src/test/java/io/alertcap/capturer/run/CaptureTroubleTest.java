package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.capture.PcapFile;
import io.alertcap.capturer.fixture.FakePacketSource;
import io.alertcap.capturer.spool.FreeSpace;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Captures whose disk, Kafka, store or capturer goes away. */
class CaptureTroubleTest extends RunningNode {

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
  void aFaultOfTheClientEndsNeitherTheThreadThatPublishesNorItsEvents() {
    node.kafka.throwOnce(new IllegalStateException("a fault of the client"));
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);

    awaitEnd(request.id(), "started", "captured", "completed");
    await().until(() -> node.check("events").equals("ready"));
  }

  @Test
  void anErrorInADeliveryIsTriedAgainLikeAnyFailure() {
    node.store.throwOnce(new NoClassDefFoundError("software/amazon/awssdk/Absent"));
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);

    awaitEnd(request.id(), "started", "captured", "completed");
    assertThat(node.store.attempts()).isGreaterThan(2);
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
    Path record = kept.resolveSibling(request.id() + ".json");
    assertThat(node.spool.usedBytes()).isEqualTo(Files.size(kept) + Files.size(record));
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
}
