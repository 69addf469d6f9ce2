package io.alertcap.trigger.record;

import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.failed;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.decision.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private static final Duration COOLDOWN = Duration.ofMinutes(15);
  private static final String RULE = "coredns-latency";

  private final CaptureRecords records =
      new CaptureRecords(RecordLimits.DEFAULT, Clock.fixed(NOON, ZoneOffset.UTC));
  private final Claims claims = new Claims(records);
  private final ClaimSession session = claims.open();

  @Test
  void grantsACaptureOnce() {
    assertThat(claim(request("a"))).isEqualTo(new Claim.Claimed());
    assertThat(claim(request("a"))).isEqualTo(new Claim.Duplicate());
  }

  @Test
  void grantsItAgainAfterItsCommandFailed() {
    session.release(claimed(request("a")).id());

    assertThat(claim(request("a"))).isEqualTo(new Claim.Claimed());
  }

  @Test
  void grantsNothingThatIsOnRecord() {
    records.add(failed(request("a")));

    assertThat(claim(request("a"))).isEqualTo(new Claim.Duplicate());
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
    CaptureRequest second = request(RULE, "a", NOON.plusSeconds(10));
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

  @Test
  void hasNoCooldownWhereTheRuleHasNone() {
    CaptureRequest ahead = request(RULE, "a", NOON.plusSeconds(5));
    records.add(completed(ahead)); // by a replica whose clock is ahead

    assertThat(session.claim(request("a"), Duration.ZERO)).isEqualTo(new Claim.Claimed());
  }

  @Test
  void endsClaimsWithTheirSessionWhateverHappened() {
    try (ClaimSession other = claims.open()) {
      assertThat(other.claim(request("a"), COOLDOWN)).isEqualTo(new Claim.Claimed());
    }

    assertThat(claim(request("a"))).isEqualTo(new Claim.Claimed());
  }

  @Test
  void waitsForWhatBecomesOfTheOtherClaim() {
    ClaimSession other = claims.open();
    assertThat(other.claim(request("a"), COOLDOWN)).isEqualTo(new Claim.Claimed());
    assertThat(claim(request("a"))).isEqualTo(new Claim.Duplicate());
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
      assertThat(other.claim(request("a"), COOLDOWN)).isEqualTo(new Claim.Claimed());
      assertThat(claim(request(RULE, "a", NOON.plusSeconds(1)))).isInstanceOf(Claim.Cooldown.class);
    }

    assertThat(session.othersSucceeded(Duration.ofSeconds(5))).isFalse();
  }

  @Test
  void waitsNeitherForItselfNorForTheRecord() {
    records.add(completed(request("b")));
    claimed(request("a"));
    assertThat(claim(request("a"))).isEqualTo(new Claim.Duplicate());
    assertThat(claim(request("b"))).isEqualTo(new Claim.Duplicate());
    session.close();

    assertThat(session.othersSucceeded(Duration.ZERO)).isTrue();
  }

  @Test
  void grantsOneOfManyThatComeAtTheSameInstant() throws Exception {
    List<Callable<Claim>> attempts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      CaptureRequest request = request(RULE, "a", NOON.plusMillis(i % 10));
      attempts.add(() -> claims.open().claim(request, COOLDOWN));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      assertThat(threads.invokeAll(attempts))
          .extracting(Future::resultNow)
          .filteredOn(Claim.Claimed.class::isInstance)
          .hasSize(1);
    }
  }

  private Claim claim(CaptureRequest request) {
    return session.claim(request, COOLDOWN);
  }

  private CaptureRequest claimed(CaptureRequest request) {
    assertThat(claim(request)).isEqualTo(new Claim.Claimed());
    return request;
  }
}
