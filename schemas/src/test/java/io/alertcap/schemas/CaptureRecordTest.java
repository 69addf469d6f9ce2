package io.alertcap.schemas;

import static io.alertcap.schemas.Examples.COMMANDED_AT;
import static io.alertcap.schemas.Examples.ID;
import static io.alertcap.schemas.Examples.artifact;
import static io.alertcap.schemas.Examples.bareResult;
import static io.alertcap.schemas.Examples.request;
import static io.alertcap.schemas.Examples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptureRecordTest {

  private static final Failure DISK_FULL = new Failure(FailureCode.DISK_FULL, "no space left");

  private static final CaptureEvent REQUESTED = new CaptureEvent.Requested(request(), at(0));
  private static final CaptureEvent STARTED =
      new CaptureEvent.Started(request(), at(1), "eth0", "EN10MB", at(1));
  private static final CaptureEvent CAPTURED =
      new CaptureEvent.Captured(request(), at(60), result());
  private static final CaptureEvent COMPLETED =
      new CaptureEvent.Completed(request(), at(70), result(), artifact());

  @Test
  void showsWhatWasAskedForOnceItIsRequested() {
    CaptureRecord record = fold(REQUESTED);

    assertThat(record.id()).isEqualTo(ID);
    assertThat(record.status()).isEqualTo(CaptureStatus.REQUESTED);
    assertThat(record.rule()).contains("coredns-latency");
    assertThat(record.reason()).isEqualTo(request().reason());
    assertThat(record.alert()).isEqualTo(request().alert());
    assertThat(record.target()).contains(request().target());
    assertThat(record.capture()).contains(request().capture());
    assertThat(record.timings())
        .isEqualTo(
            new Timings(
                request().alertReceivedAt(),
                Optional.of(COMMANDED_AT),
                Optional.of(request().expiresAt()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(record.history())
        .containsExactly(new HistoryEntry(CaptureStatus.REQUESTED, at(0), Optional.empty()));
  }

  @Test
  void growsWithEveryStep() {
    CaptureRecord record = fold(REQUESTED, STARTED, CAPTURED, COMPLETED);

    assertThat(record.status()).isEqualTo(CaptureStatus.COMPLETED);
    assertThat(record.partial()).isFalse();
    assertThat(record.end()).contains(CaptureEnd.DURATION);
    assertThat(record.statistics()).isEqualTo(result().statistics());
    assertThat(record.artifact()).contains(artifact());
    assertThat(record.failure()).isEmpty();
    assertThat(record.timings())
        .isEqualTo(
            new Timings(
                request().alertReceivedAt(),
                Optional.of(COMMANDED_AT),
                Optional.of(request().expiresAt()),
                Optional.of(result().filterActiveAt()),
                Optional.of(result().closedAt()),
                Optional.of(at(70))));
    assertThat(record.history())
        .extracting(HistoryEntry::type)
        .containsExactly(
            CaptureStatus.REQUESTED,
            CaptureStatus.STARTED,
            CaptureStatus.CAPTURED,
            CaptureStatus.COMPLETED);
  }

  @Test
  void theLastEventAloneTellsEverythingButTheHistory() {
    CaptureRecord whole = fold(REQUESTED, STARTED, CAPTURED, COMPLETED);

    assertThat(fold(COMPLETED))
        .usingRecursiveComparison()
        .ignoringFields("history")
        .isEqualTo(whole);
  }

  @Test
  void aFileThatEndedTooSoonIsPartial() {
    CaptureRecord record = fold(new CaptureEvent.Captured(request(), at(60), bareResult()));

    assertThat(record.partial()).isTrue();
    assertThat(record.end()).contains(CaptureEnd.INTERRUPTED);
    assertThat(record.statistics()).isEmpty();
  }

  @Test
  void whatALookAtTheFileBringsIsKept() {
    CaptureEvent analyzed = Examples.completed(request());
    CaptureEvent captured =
        new CaptureEvent.Captured(request(), at(60), Examples.resultBeforeAnyLook());

    CaptureRecord record = fold(REQUESTED, captured, analyzed);

    assertThat(record.statistics().flatMap(Statistics::topPeers)).isPresent();
    assertThat(record.dns()).contains(Findings.dns());
    assertThat(record.tcp()).contains(Findings.tcp());
    assertThat(record.enrichment()).contains(Findings.enrichment());
    assertThat(record.transcript()).isPresent();
    assertThat(fold(analyzed, captured, REQUESTED)).isEqualTo(record);
  }

  @Test
  void aFailureKeepsWhatTheNodeHas() {
    CaptureRecord record =
        fold(
            REQUESTED,
            new CaptureEvent.Failed(request(), at(80), DISK_FULL, Optional.of(result())));

    assertThat(record.status()).isEqualTo(CaptureStatus.FAILED);
    assertThat(record.failure()).contains(DISK_FULL);
    assertThat(record.end()).contains(CaptureEnd.DURATION);
  }

  @Test
  void aFailureIsForgottenOnceTheFileArrived() {
    CaptureEvent failed =
        new CaptureEvent.Failed(request(), at(65), DISK_FULL, Optional.of(result()));

    assertThat(fold(failed, COMPLETED).failure()).isEmpty();
    assertThat(fold(COMPLETED, failed).failure()).isEmpty();
  }

  @Test
  void aRejectionIsNoLongerShownOnceItWasCancelled() {
    CaptureEvent rejected = new CaptureEvent.Rejected(ID, Optional.empty(), at(1), DISK_FULL);
    CaptureEvent cancelled = new CaptureEvent.Cancelled(request(), at(2));

    assertThat(fold(rejected, cancelled).failure()).isEmpty();
    assertThat(fold(cancelled, rejected)).isEqualTo(fold(rejected, cancelled));
  }

  @Test
  void aRejectionThatCannotTellTheRequestTakesItFromOthers() {
    CaptureEvent rejected = new CaptureEvent.Rejected(ID, Optional.empty(), at(1), DISK_FULL);

    assertThat(fold(rejected).target()).isEmpty();
    assertThat(fold(rejected, REQUESTED).target()).contains(request().target());
    assertThat(fold(rejected, REQUESTED).status()).isEqualTo(CaptureStatus.REJECTED);
  }

  @Test
  void ofTwoReplicasTheFirstToCommandCounts() {
    CaptureRequest later =
        new CaptureRequest(
            ID,
            "coredns-latency",
            Optional.empty(),
            request().alert(),
            request().target(),
            request().capture(),
            Optional.empty(),
            COMMANDED_AT.plusSeconds(15),
            COMMANDED_AT.plusSeconds(60));
    CaptureEvent again = new CaptureEvent.Requested(later, at(15));

    assertThat(fold(again, REQUESTED)).isEqualTo(fold(REQUESTED));
    assertThat(fold(REQUESTED, again)).isEqualTo(fold(REQUESTED));
  }

  @Test
  void refusesTheEventOfAnotherCapture() {
    CaptureId other = CaptureId.of(at(0), "other", "x");
    CaptureEvent event = new CaptureEvent.Rejected(other, Optional.empty(), at(0), DISK_FULL);

    assertThatThrownBy(() -> fold(REQUESTED).with(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(other.value());
  }

  private static CaptureRecord fold(CaptureEvent first, CaptureEvent... others) {
    CaptureRecord record = CaptureRecord.of(first);
    for (CaptureEvent event : Arrays.asList(others)) {
      record = record.with(event);
    }
    return record;
  }

  private static Instant at(long seconds) {
    return COMMANDED_AT.plusSeconds(seconds);
  }

  /** Whichever clock is ahead, and whatever else is known by then. */
  @Test
  void thatANodeSaidItExpiredCountsBeforeWhatWasSaidInItsPlace() {
    CaptureEvent silent =
        new CaptureEvent.Expired(
            request(), at(10), new Failure(FailureCode.NODE_SILENT, "no word of it"));
    CaptureEvent late =
        new CaptureEvent.Expired(request(), at(20), new Failure(FailureCode.EXPIRED, "too late"));

    for (CaptureRecord record : List.of(fold(REQUESTED, silent, late), fold(late, silent))) {
      assertThat(record.failure().orElseThrow().code()).isEqualTo(FailureCode.EXPIRED);
      assertThat(record.history().getLast())
          .isEqualTo(
              new HistoryEntry(CaptureStatus.EXPIRED, at(20), Optional.of(FailureCode.EXPIRED)));
    }
  }
}
