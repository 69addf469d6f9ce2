package io.alertcap.trigger.record;

import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.failed;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.repeated;
import static io.alertcap.trigger.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.decision.Claim;
import io.alertcap.trigger.decision.Terms;
import io.alertcap.trigger.decision.Terms.Limit;
import io.alertcap.trigger.decision.Terms.Scope;
import io.alertcap.trigger.rule.Budget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private static final Duration COOLDOWN = Duration.ofMinutes(15);
  private static final Terms TERMS = new Terms(COOLDOWN, List.of());
  private static final String RULE = "coredns-latency";

  private final CaptureRecords records = TemporaryRecords.open(Clock.fixed(NOON, ZoneOffset.UTC));
  private final Claims claims = new Claims(records);
  private final ClaimSession session = claims.open();

  @Test
  void grantsACaptureOnce() {
    assertThat(claim(request("a"))).isEqualTo(new Claim.Claimed());
    assertThat(claim(request("a"))).isInstanceOf(Claim.Duplicate.class);
  }

  @Test
  void grantsItAgainAfterItsCommandFailed() {
    session.release(claimed(request("a")).id());

    assertThat(claim(request("a"))).isEqualTo(new Claim.Claimed());
  }

  @Test
  void grantsNothingThatIsOnRecord() {
    records.add(failed(request("a")));

    assertThat(claim(request("a"))).isInstanceOf(Claim.Duplicate.class);
  }

  @Test
  void coolsDownAfterACaptureOfTheSameRuleAndPod() {
    records.add(completed(request("a")));

    assertThat(claim(request(RULE, "a", NOON.plus(COOLDOWN).minusMillis(1))))
        .isEqualTo(new Claim.Cooldown(NOON.plus(COOLDOWN)));
    assertThat(claim(request(RULE, "b", NOON.plusSeconds(1)))).isEqualTo(new Claim.Claimed());
    assertThat(claim(request("other-rule", "a", NOON.plusSeconds(1))))
        .isEqualTo(new Claim.Claimed());
    assertThat(claim(request(RULE, "a", NOON.plus(COOLDOWN)))).isEqualTo(new Claim.Claimed());
  }

  @Test
  void coolsDownAfterAClaimWhoseCommandIsStillOnItsWay() {
    CaptureRequest first = claimed(request("a"));
    CaptureRequest second = request(RULE, "a", NOON.plusSeconds(60));
    assertThat(claim(second)).isEqualTo(new Claim.Cooldown(NOON.plus(COOLDOWN)));

    session.release(first.id());

    assertThat(claim(second)).isEqualTo(new Claim.Claimed());
  }

  @Test
  void needsNoCoolingDownAfterACaptureThatCameToNothing() {
    records.add(requested(request("a")));
    records.add(failed(request("a")));

    assertThat(claim(request(RULE, "a", NOON.plusSeconds(1)))).isEqualTo(new Claim.Claimed());
  }

  /** Its node would not take the id again, and Alertmanager asks again for as long as it fires. */
  @Test
  void isTriedAgainUnderAnIdThatFollowsFromTheOneThatCameToNothing() {
    CaptureRequest first = request("a");
    records.add(failed(first));
    assertThat(claim(repeated(first, Duration.ofSeconds(59))))
        .isEqualTo(new Claim.Duplicate(first.id()));

    CaptureRequest repeated = repeated(first, Duration.ofSeconds(60));
    Claim again = claim(repeated);

    assertThat(again).isInstanceOf(Claim.Again.class).isNotEqualTo(new Claim.Again(first.id()));
    assertThat(new Claims(records).open().claim(repeated, TERMS)).isEqualTo(again);
    CaptureRequest second = repeated.withId(((Claim.Again) again).id());
    assertThat(claim(second)).isEqualTo(new Claim.Claimed());
    records.add(requested(second));
    assertThat(claim(repeated(first, Duration.ofSeconds(61))))
        .isEqualTo(new Claim.Duplicate(second.id()));
    records.add(failed(second));
    assertThat(claim(repeated(first, Duration.ofHours(4))))
        .isInstanceOf(Claim.Again.class)
        .isNotEqualTo(again);
  }

  @Test
  void isOneIncidentWhereTheStartOfTheAlertMovesEarlier() {
    CaptureRequest first = request("a");
    records.add(completed(first));
    CaptureRequest moved = startingAt(NOON.minusSeconds(600), request(RULE, "a", muchLater()));

    assertThat(moved.id()).isNotEqualTo(first.id());
    assertThat(session.claim(moved, Terms.NONE)).isEqualTo(new Claim.Duplicate(first.id()));
    assertThat(session.claim(byAlert("0f", moved), Terms.NONE)).isEqualTo(new Claim.Claimed());
  }

  @Test
  void isOneIncidentWhileTheFirstCommandIsOnItsWay() {
    CaptureRequest first = claimed(request("a"));
    CaptureRequest moved = startingAt(NOON.minusSeconds(600), request("a"));

    assertThat(session.claim(moved, Terms.NONE)).isEqualTo(new Claim.Duplicate(first.id()));
  }

  @Test
  void isAnotherIncidentOnceTheAlertBeganAnew() {
    records.add(completed(request("a")));

    assertThat(claim(request(RULE, "a", muchLater()))).isEqualTo(new Claim.Claimed());
  }

  @Test
  void isTheSameIncidentHowOftenItIsNotifiedAndWhenever() {
    records.add(completed(request("a")));
    CaptureRequest repeated = startingAt(NOON.minusSeconds(30), request(RULE, "a", muchLater()));

    assertThat(claim(repeated)).isEqualTo(new Claim.Duplicate(request("a").id()));
  }

  @Test
  void grantsOnlyWhatEveryBudgetHasRoomFor() {
    Terms two =
        new Terms(
            Duration.ZERO,
            List.of(
                new Limit(
                    new Scope.Cluster(),
                    new Budget(Optional.of(2), Optional.empty(), Optional.empty()))));
    ClaimSession other = claims.open();
    assertThat(other.claim(request("a"), two)).isEqualTo(new Claim.Claimed());
    records.add(requested(request("b")));

    assertThat(session.claim(request("c"), two))
        .isEqualTo(new Claim.OverBudget("the cluster: 2 of 2 captures at a time are taken"));

    other.close();
    assertThat(session.claim(request("c"), two)).isEqualTo(new Claim.Claimed());
    records.add(failed(request("b")));
    assertThat(session.claim(request("d"), two)).isEqualTo(new Claim.Claimed());
    assertThat(session.claim(request("e"), two)).isInstanceOf(Claim.OverBudget.class);
  }

  @Test
  void hasNoCooldownWhereTheRuleHasNone() {
    CaptureRequest ahead = request(RULE, "a", NOON.plusSeconds(5));
    records.add(completed(ahead)); // by a replica whose clock is ahead

    assertThat(session.claim(byAlert("0f", request("a")), Terms.NONE))
        .isEqualTo(new Claim.Claimed());
  }

  @Test
  void endsClaimsWithTheirSessionWhateverHappened() {
    try (ClaimSession other = claims.open()) {
      assertThat(other.claim(request("a"), TERMS)).isEqualTo(new Claim.Claimed());
    }

    assertThat(claim(request("a"))).isEqualTo(new Claim.Claimed());
  }

  @Test
  void waitsForWhatBecomesOfTheOtherClaim() {
    ClaimSession other = claims.open();
    assertThat(other.claim(request("a"), TERMS)).isEqualTo(new Claim.Claimed());
    assertThat(claim(request("a"))).isInstanceOf(Claim.Duplicate.class);
    session.close();
    assertThat(session.othersSucceeded(Duration.ZERO)).isFalse();

    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> session.othersSucceeded(Duration.ofSeconds(10)));
    other.keep();
    other.close();

    assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
  }

  @Test
  void knowsThatTheOtherClaimCameToNothing() {
    try (ClaimSession other = claims.open()) {
      assertThat(other.claim(request("a"), TERMS)).isEqualTo(new Claim.Claimed());
      assertThat(claim(request(RULE, "a", NOON.plusSeconds(60))))
          .isInstanceOf(Claim.Cooldown.class);
    }

    assertThat(session.othersSucceeded(Duration.ofSeconds(5))).isFalse();
  }

  @Test
  void waitsNeitherForItselfNorForTheRecord() {
    records.add(completed(request("b")));
    claimed(request("a"));
    assertThat(claim(request("a"))).isInstanceOf(Claim.Duplicate.class);
    assertThat(claim(request("b"))).isInstanceOf(Claim.Duplicate.class);
    session.close();

    assertThat(session.othersSucceeded(Duration.ZERO)).isTrue();
  }

  @Test
  void grantsOneOfManyThatComeAtTheSameInstant() throws Exception {
    List<Callable<Claim>> attempts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      CaptureRequest request = request(RULE, "a", NOON.plusMillis(i % 10));
      attempts.add(() -> claims.open().claim(request, TERMS));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      assertThat(threads.invokeAll(attempts))
          .extracting(Future::resultNow)
          .filteredOn(Claim.Claimed.class::isInstance)
          .hasSize(1);
    }
  }

  private static Instant muchLater() {
    return NOON.plus(COOLDOWN.multipliedBy(2));
  }

  private static CaptureRequest startingAt(Instant startsAt, CaptureRequest request) {
    Alert alert = request.alert().orElseThrow();
    return with(
        request,
        new Alert(
            alert.alertname(),
            alert.fingerprint(),
            alert.groupKey(),
            startsAt,
            alert.labels(),
            alert.annotations(),
            alert.generatorUrl()));
  }

  private static CaptureRequest byAlert(String fingerprint, CaptureRequest request) {
    Alert alert = request.alert().orElseThrow();
    return with(
        request,
        new Alert(
            alert.alertname(),
            fingerprint,
            alert.groupKey(),
            alert.startsAt(),
            alert.labels(),
            alert.annotations(),
            alert.generatorUrl()));
  }

  private static CaptureRequest with(CaptureRequest request, Alert alert) {
    return new CaptureRequest(
        CaptureId.of(alert.startsAt(), request.rule(), alert.fingerprint()),
        request.rule(),
        request.reason(),
        Optional.of(alert),
        request.target(),
        request.capture(),
        request.alertReceivedAt(),
        request.commandedAt(),
        request.expiresAt());
  }

  private Claim claim(CaptureRequest request) {
    return session.claim(request, TERMS);
  }

  private CaptureRequest claimed(CaptureRequest request) {
    assertThat(claim(request)).isEqualTo(new Claim.Claimed());
    return request;
  }
}
