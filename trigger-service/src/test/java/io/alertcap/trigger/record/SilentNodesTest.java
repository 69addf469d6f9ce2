package io.alertcap.trigger.record;

import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Events.started;
import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilentNodesTest {

  private static final Duration SHORT = Duration.ofSeconds(1);

  private final CaptureRequest request = request("a");
  private final List<CaptureEvent> told = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant now = NOON;
  private boolean kafkaIsThere = true;
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final CaptureRecords records = TemporaryRecords.open(clock);
  private final SilentNodes silent =
      new SilentNodes(records, clock, this::tell, meters, new Health());

  @AfterEach
  void close() {
    silent.close();
  }

  @Test
  void endsACaptureOfWhichItsNodeHasNotSaidAWord() {
    happened(requested(request));
    now = request.expiresAt().plus(SilentNodes.MARGIN);
    look(silent);
    assertThat(told).isEmpty();

    now = now.plus(SHORT);
    look(silent);
    look(silent);

    assertThat(told).hasSize(1);
    told.forEach(records::add);
    var record = records.find(request.id()).orElseThrow();
    assertThat(record.status()).isEqualTo(CaptureStatus.EXPIRED);
    assertThat(record.failure().orElseThrow().code()).isEqualTo(FailureCode.NODE_SILENT);
    assertThat(record.failure().orElseThrow().message())
        .contains("No capturer on the node " + request.target().node(), "node.name");
    assertThat(meters.counter("alertcap.captures.expired").count()).isOne();
  }

  @Test
  void saysTheSameOnEveryReplica() {
    List<CaptureEvent> others = new ArrayList<>();
    happened(requested(request));
    now = muchLater();
    look(silent);
    CaptureRecords otherRecords = TemporaryRecords.open(clock);
    otherRecords.add(requested(request));
    try (SilentNodes other =
        new SilentNodes(otherRecords, clock, others::addAll, meters, new Health())) {
      now = now.plusSeconds(17);
      look(other);
    }

    assertThat(others).isEqualTo(told);
  }

  @Test
  void leavesACaptureAloneOfWhichTheNodeHasSpoken() {
    happened(started(request));
    happened(requested(request));
    now = muchLater();

    look(silent);

    assertThat(told).isEmpty();
  }

  @Test
  void callsNobodySilentBeforeAllIsReadThatWasSaid() {
    happened(requested(request));
    now = muchLater();

    silent.look(false);

    assertThat(told).isEmpty();
  }

  @Test
  void saysItAgainWhereKafkaDidNotTakeIt() {
    happened(requested(request));
    now = muchLater();
    kafkaIsThere = false;
    look(silent);
    kafkaIsThere = true;

    look(silent);

    assertThat(told).hasSize(1);
  }

  @Test
  void countsLessThanAnythingThatTheNodeSaysLater() {
    happened(requested(request));
    now = muchLater();
    look(silent);
    told.forEach(records::add);

    records.add(started(request));
    assertThat(records.find(request.id()).orElseThrow().status()).isEqualTo(CaptureStatus.STARTED);
    records.add(completed(request));
    told.forEach(records::add);

    var record = records.find(request.id()).orElseThrow();
    assertThat(record.status()).isEqualTo(CaptureStatus.COMPLETED);
    assertThat(record.failure()).isEmpty();
  }

  /** A node's events may still wait there when Kafka is back. */
  @Test
  void callsNobodySilentForAMinuteAfterKafkaWasAway() {
    happened(requested(request));
    now = muchLater();
    for (int look = 0; look < SilentNodes.LOOKS_IN_A_ROW - 1; look++) {
      silent.look(true);
    }
    silent.look(false);
    for (int look = 0; look < SilentNodes.LOOKS_IN_A_ROW - 1; look++) {
      silent.look(true);
    }
    assertThat(told).isEmpty();

    silent.look(true);

    assertThat(told).hasSize(1);
  }

  private static void look(SilentNodes silent) {
    for (int look = 0; look < SilentNodes.LOOKS_IN_A_ROW; look++) {
      silent.look(true);
    }
  }

  private Instant muchLater() {
    return request.expiresAt().plus(Duration.ofMinutes(5));
  }

  private void happened(CaptureEvent event) {
    records.add(event);
  }

  private boolean tell(List<CaptureEvent> events) {
    return kafkaIsThere && told.addAll(events);
  }
}
