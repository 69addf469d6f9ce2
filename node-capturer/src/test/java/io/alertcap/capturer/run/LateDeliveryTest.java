package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.fixture.ClosedCaptures;
import io.alertcap.capturer.fixture.MutableClock;
import io.alertcap.capturer.spool.CaptureJournal;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code spool.keepFor} is time in which delivery was tried, over every process that did. */
@Timeout(30)
class LateDeliveryTest {

  private static final int SOME_ATTEMPTS = 5;

  @TempDir Path directory;
  private final CaptureRequest request = forThisProcess("late");
  private final CaptureId id = request.id();

  @Test
  void aNodeThatWasOffForDaysAndComesBackBeforeItsStoreDelivers() throws IOException {
    closedBefore(Duration.ofDays(3), Duration.ZERO);
    try (Node node = started(SpoolSettings.in(directory), Clock.systemUTC())) {
      failSomeAttempts(node);

      node.store.recover();

      await().until(() -> node.kafka.typesOf(id).contains("completed"));
    }
  }

  @Test
  void aStartGrantsTimeHoweverMuchWasUsedUp() throws IOException {
    closedBefore(Duration.ofDays(3), SpoolSettings.KEEP_FOR.plusHours(1));
    try (Node node = started(SpoolSettings.in(directory), Clock.systemUTC())) {
      failSomeAttempts(node);

      node.store.recover();

      await().until(() -> node.kafka.typesOf(id).contains("completed"));
    }
  }

  @Test
  void aClockThatJumpsGivesNothingUp() throws IOException {
    closedBefore(Duration.ZERO, Duration.ZERO);
    MutableClock clock = new MutableClock(Instant.now());
    try (Node node = started(SpoolSettings.in(directory), clock)) {
      failSomeAttempts(node);

      clock.advance(Duration.ofDays(30));
      failSomeAttempts(node);
      clock.advance(Duration.ofDays(-60));
      failSomeAttempts(node);

      assertThat(node.spool.find(id).orElseThrow().status()).isEqualTo(CaptureStatus.CAPTURED);
    }
  }

  @Test
  void whatWasUsedUpIsOnDiskForTheProcessAfterOneThatIsKilled() throws IOException {
    closedBefore(Duration.ZERO, Duration.ofHours(7));
    try (Node node = started(keepingFor(Duration.ofSeconds(90)), Clock.systemUTC())) {
      failSomeAttempts(node);

      await().until(() -> journal().triedFor().compareTo(Duration.ofHours(7)) > 0);
    }
  }

  private void failSomeAttempts(Node node) {
    int before = node.store.attempts();
    await().until(() -> node.store.attempts() >= before + SOME_ATTEMPTS);
    assertThat(node.kafka.typesOf(id)).doesNotContain("failed");
  }

  private CaptureJournal journal() throws IOException {
    Path file = directory.resolve("captures").resolve(id.value()).resolve("journal.json");
    return ((Reading.Valid<CaptureJournal>)
            Json.read(Files.readAllBytes(file), CaptureJournal.class))
        .value();
  }

  private void closedBefore(Duration ago, Duration triedFor) throws IOException {
    try (Spool before = Spool.open(SpoolSettings.in(directory), Clock.systemUTC())) {
      ClosedCaptures.in(before, request, Instant.now().minus(ago)).noteTried(triedFor);
    }
  }

  /** With a store that refuses. */
  private Node started(SpoolSettings settings, Clock clock) throws IOException {
    Node node = new Node(Node.Setup.in(directory).with(settings).with(clock));
    node.store.fail("The store refuses: check s3.accessKey.");
    return node.started();
  }

  private SpoolSettings keepingFor(Duration keepFor) {
    return new SpoolSettings(
        directory,
        SpoolSettings.MAX_BYTES,
        Optional.empty(),
        keepFor,
        SpoolSettings.REMEMBER_FOR,
        SpoolSettings.MAX_REMEMBERED,
        SpoolSettings.MAX_CAPTURES);
  }
}
