package io.alertcap.trigger.record;

import static io.alertcap.trigger.Events.captured;
import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.failed;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Events.started;
import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.expiringAfter;
import static io.alertcap.trigger.Requests.request;
import static io.alertcap.trigger.Requests.withDuration;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.decision.Terms.Limit;
import io.alertcap.trigger.decision.Terms.Scope;
import io.alertcap.trigger.rule.Budget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final String RULE = "coredns-latency";
  private static final Budget ONE = new Budget(Optional.of(1), Optional.empty(), Optional.empty());
  private static final Budget ONE_PER_HOUR =
      new Budget(Optional.empty(), Optional.of(1), Optional.empty());

  private static final Duration SILENCE = Duration.ofMinutes(10);

  private Instant now = NOON;
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final CaptureRecords records = TemporaryRecords.open(clock);

  @Test
  void countsACaptureAsRunningUntilItsFileIsClosed() {
    CaptureRequest request = request("a");
    for (CaptureEvent event : List.of(requested(request), started(request))) {
      records.add(event);
      assertThat(objection(new Scope.Cluster(), ONE))
          .contains("the cluster: 1 of 1 captures at a time are taken");
    }

    records.add(captured(request));

    assertThat(objection(new Scope.Cluster(), ONE)).isEmpty();
  }

  /** Its node may begin it until it expires, which a rule's expireAfter puts off by a day. */
  @Test
  void forgetsARunningCaptureOfWhichItsNodeNeverSpeaks() {
    CaptureRequest request = expiringAfter(request("a"), Duration.ofHours(6));
    records.add(requested(request));

    now = request.expiresAt().plus(Duration.ofSeconds(60)).plus(SILENCE).minusMillis(1);
    assertThat(objection(new Scope.Cluster(), ONE)).isPresent();
    now = now.plusMillis(1);
    assertThat(objection(new Scope.Cluster(), ONE)).isEmpty();
  }

  @Test
  void countsACaptureThatBeganLateFromItsBegin() {
    CaptureRequest request = expiringAfter(request("a"), Duration.ofHours(6));
    Instant begin = NOON.plus(Duration.ofHours(5));
    records.add(requested(request));
    records.add(new CaptureEvent.Started(request, begin, "eth0", "EN10MB", begin));

    now = begin.plus(Duration.ofSeconds(60)).plus(SILENCE).minusMillis(1);
    assertThat(objection(new Scope.Cluster(), ONE)).isPresent();
    now = now.plusMillis(1);
    assertThat(objection(new Scope.Cluster(), ONE)).isEmpty();
  }

  /** What is left of it a day after its command is that it runs. */
  @Test
  void forgetsACaptureThatRunsForLongerThanADay() {
    Duration duration = CaptureSpec.MAX_DURATION;
    CaptureRequest request = withDuration(request("a"), duration);
    records.add(requested(request));
    records.add(started(request));

    now = NOON.plus(Duration.ofDays(1)).plusSeconds(1);
    assertThat(objection(new Scope.Cluster(), ONE)).isPresent();
    now = NOON.plusMillis(20).plus(duration).plus(SILENCE);
    assertThat(objection(new Scope.Cluster(), ONE)).isEmpty();
  }

  @Test
  void countsWhatWasCommandedWithinAnHourWhateverBecameOfIt() {
    records.add(failed(request("a")));

    now = NOON.plus(Duration.ofMinutes(59));
    assertThat(objection(new Scope.OfRule(RULE), ONE_PER_HOUR))
        .contains("rule coredns-latency: 1 of 1 captures within an hour are taken");
    assertThat(objection(new Scope.OfRule("other"), ONE_PER_HOUR)).isEmpty();
    now = NOON.plus(Duration.ofHours(1));
    assertThat(objection(new Scope.OfRule(RULE), ONE_PER_HOUR)).isEmpty();
  }

  @Test
  void countsTheMostThatAFileMayBecomeUntilItIsKnownWhatItBecame() {
    CaptureRequest request = request("a");
    Scope namespace = new Scope.OfNamespace("kube-system");
    records.add(requested(request));
    assertThat(objection(namespace, bytes(DataSize.ofMebibytes(199))))
        .contains(
            "namespace kube-system: 100MiB of 199MiB within a day are taken, and it may take"
                + " 100MiB more");
    assertThat(objection(namespace, bytes(DataSize.ofMebibytes(200)))).isEmpty();

    records.add(completed(request));

    assertThat(objection(namespace, bytes(DataSize.ofBytes((100 << 20) + 1234)))).isEmpty();
    assertThat(objection(namespace, bytes(DataSize.ofBytes((100 << 20) + 1233)))).isPresent();
    now = NOON.plus(Duration.ofDays(1));
    assertThat(objection(namespace, bytes(DataSize.ofMebibytes(100)))).isEmpty();
  }

  @Test
  void isTheSameInWhateverOrderAndHoweverOftenEventsCome() {
    List<CaptureEvent> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      CaptureRequest request = request(RULE, "pod-" + i, NOON.minusSeconds(i * 120L));
      Collections.addAll(events, requested(request), started(request), captured(request));
      events.add(i % 2 == 0 ? completed(request) : requested(request));
    }
    events.addAll(List.copyOf(events));
    Collections.shuffle(events, new Random(4));
    events.forEach(records::add);

    Scope cluster = new Scope.Cluster();
    assertThat(objection(cluster, perHour(30))).isPresent();
    assertThat(objection(cluster, perHour(31))).isEmpty();
    long bytes = 20 * (100L << 20) + 20 * 1234 + (100L << 20);
    assertThat(objection(cluster, bytes(DataSize.ofBytes(bytes)))).isEmpty();
    assertThat(objection(cluster, bytes(DataSize.ofBytes(bytes - 1)))).isPresent();
  }

  private Optional<String> objection(Scope scope, Budget budget) {
    return records
        .ledger()
        .objection(request(RULE, "next", now), List.of(new Limit(scope, budget)));
  }

  private static Budget perHour(int captures) {
    return new Budget(Optional.empty(), Optional.of(captures), Optional.empty());
  }

  private static Budget bytes(DataSize size) {
    return new Budget(Optional.empty(), Optional.empty(), Optional.of(size));
  }
}
