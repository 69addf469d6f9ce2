package io.alertcap.trigger.record;

import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Events.started;
import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.EventMessage;
import io.alertcap.trigger.decision.Terms.Limit;
import io.alertcap.trigger.decision.Terms.Scope;
import io.alertcap.trigger.record.EventSink.Taken;
import io.alertcap.trigger.rule.Budget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordOnDiskTest {

  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final CaptureRequest REQUEST = request("a");

  @TempDir private Path directory;
  private Optional<CaptureRecords> open = Optional.empty();

  @AfterEach
  void close() {
    open.ifPresent(CaptureRecords::close);
  }

  @Test
  void isThereAfterARestartTogetherWithHowFarWasRead() {
    CaptureRecords records = reopened();
    records.begin("topic");
    records.take(steps(requested(REQUEST), started(REQUEST)), place("topic", 7));

    CaptureRecords again = reopened();

    assertThat(again.begin("topic")).isEqualTo(place("topic", 7));
    assertThat(again.find(REQUEST.id()).orElseThrow().status()).isEqualTo(CaptureStatus.STARTED);
    assertThat(again.count(CaptureStatus.STARTED)).isOne();
    assertThat(again.lastCapture(RuleAndTarget.of(REQUEST))).contains(REQUEST.commandedAt());
    assertThat(again.running(REQUEST.alert().orElseThrow().fingerprint())).hasSize(1);
    assertThat(again.ledger().objection(request("b"), List.of(ONE_AT_A_TIME))).isPresent();
  }

  @Test
  void knowsAfterARestartWhoseNodeIsSilent() {
    reopened().add(requested(REQUEST));

    assertThat(reopened().silent(REQUEST.expiresAt().plusSeconds(1), 10)).containsExactly(REQUEST);
    open.orElseThrow().add(started(REQUEST));
    assertThat(reopened().silent(REQUEST.expiresAt().plusSeconds(1), 10)).isEmpty();
  }

  @Test
  void isEmptyForAnotherTopic() {
    CaptureRecords records = reopened();
    records.begin("topic");
    records.take(steps(completed(REQUEST)), place("topic", 7));

    CaptureRecords again = reopened();

    assertThat(again.begin("another")).isEqualTo(new ReadingPlace("another", Map.of()));
    assertThat(again.find(REQUEST.id())).isEmpty();
    assertThat(again.count(CaptureStatus.COMPLETED)).isZero();
    assertThat(again.ledger().objection(request("b"), List.of(ONE_AN_HOUR))).isEmpty();
  }

  @Test
  void isRebuiltWhereItsFileIsNoDatabase() throws IOException {
    Files.writeString(directory.resolve("record.db"), "not a database ".repeat(1000));

    CaptureRecords records = reopened();

    assertThat(records.begin("topic").next()).isEmpty();
    records.add(requested(REQUEST));
    assertThat(records.find(REQUEST.id())).isPresent();
  }

  @Test
  void isRebuiltWhereItsFileWasDamagedWhileNobodyLooked() throws IOException {
    CaptureRecords records = reopened();
    records.begin("topic");
    for (int i = 0; i < 300; i++) {
      records.take(steps(completed(request("pod-" + i))), place("topic", i + 1));
    }
    records.close();
    overwrite(directory.resolve("record.db"), 8192);

    CaptureRecords again = reopened();

    assertThat(outcome(again)).isEqualTo(Taken.STARTED_OVER);
    assertThat(again.begin("topic").next()).isEmpty();
    assertThat(again.take(steps(completed(REQUEST)), place("topic", 1))).isEqualTo(Taken.ALL);
    assertThat(again.find(REQUEST.id())).isPresent();
  }

  /** Whoever meets the damage first, the next that is taken in begins again. */
  private static Taken outcome(CaptureRecords records) {
    if (records.begin("topic").next().isEmpty()) {
      return Taken.STARTED_OVER; // met at the start
    }
    for (int i = 0; i < 300; i++) {
      try {
        records.find(request("pod-" + i).id());
      } catch (RecordUnavailable e) {
        assertThat(records.usable()).isFalse();
        break;
      }
    }
    return records.take(List.of(), place("topic", 300));
  }

  @Test
  void isRebuiltWhereItsFileIsDeletedWhileItRuns() throws IOException {
    CaptureRecords records = reopened();
    records.begin("topic");
    records.take(steps(completed(REQUEST)), place("topic", 1));

    Files.delete(directory.resolve("record.db"));

    assertThat(records.take(List.of(), place("topic", 1))).isEqualTo(Taken.STARTED_OVER);
    assertThat(records.begin("topic").next()).isEmpty();
    assertThat(records.find(REQUEST.id())).isEmpty();
  }

  @Test
  void keepsOneNativeLibraryHoweverOftenItIsOpened() throws IOException {
    reopened();
    reopened();

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().contains("libsqlitejdbc")))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  /** Texts of statements are as many as a caller likes to think of. */
  @Test
  void answersManyDifferentLists() {
    CaptureRecords records = reopened();
    records.add(completed(REQUEST));

    for (int i = 1; i <= 500; i++) {
      var query = new RecordQueryBuilder().limit(i);
      if (i % 2 == 0) {
        query.pod("a");
      }
      if (i % 3 == 0) {
        query.node("worker-1");
      }
      assertThat(records.list(query.build()).entries()).hasSize(1);
    }
  }

  @Test
  void isOneServicesAlone() {
    reopened();

    assertThatThrownBy(() -> CaptureRecords.open(RecordSettings.in(directory), CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another trigger service")
        .hasMessageContaining("record.directory");
  }

  @Test
  void saysWhereItCannotBeKept() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> CaptureRecords.open(RecordSettings.in(file.resolve("record")), CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("set record.directory to where this user may write");
  }

  private static final Limit ONE_AT_A_TIME =
      new Limit(
          new Scope.Cluster(), new Budget(Optional.of(1), Optional.empty(), Optional.empty()));
  private static final Limit ONE_AN_HOUR =
      new Limit(
          new Scope.Cluster(), new Budget(Optional.empty(), Optional.of(1), Optional.empty()));

  private static List<EventMessage.Step> steps(CaptureEvent... events) {
    return Stream.of(events).map(EventMessage.Step::new).toList();
  }

  private CaptureRecords reopened() {
    close();
    CaptureRecords records = TemporaryRecords.open(RecordSettings.in(directory), CLOCK);
    open = Optional.of(records);
    return records;
  }

  private static ReadingPlace place(String topicId, long next) {
    return new ReadingPlace(topicId, Map.of(0, new ReadingPlace.Next(0, next, Optional.of(3))));
  }

  private static void overwrite(Path file, int from) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] noise = "damage".repeat(bytes.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(noise, 0, bytes, from, bytes.length - from);
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
