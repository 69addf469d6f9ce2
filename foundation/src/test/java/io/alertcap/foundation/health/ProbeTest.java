package io.alertcap.foundation.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ProbeTest {

  private static final Duration OFTEN = Duration.ofMillis(10);

  private final Health health = new Health();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private volatile Optional<String> problem = Optional.of("the disk is full");

  @Test
  void whatIsNeededIsNotReadyUntilItCouldBeUsedOnceAndThenInterrupted() {
    try (Probe probe = Probe.ofNeeded("store", OFTEN, () -> problem, health.readiness("store"))) {
      await().until(() -> health.ready().checks().containsValue("the disk is full"));
      assertThat(probe.awaitGood(Duration.ZERO)).isFalse();
      assertThat(health.ready().passing()).isFalse();

      problem = Optional.empty();
      assertThat(probe.awaitGood(Duration.ofSeconds(5))).isTrue();
      assertThat(health.ready().passing()).isTrue();

      problem = Optional.of("the disk is gone");
      await().until(() -> health.ready().checks().containsValue("ready, but the disk is gone"));
      assertThat(health.ready().passing()).isTrue();
    }
  }

  @Test
  void withoutWhatIsUsefulTheServiceIsReadyAndDegraded() {
    health.bindTo(meters);
    try (Probe probe = Probe.ofUseful("store", OFTEN, () -> problem, health.readiness("store"))) {
      await().until(() -> health.ready().passing());
      assertThat(health.ready().checks()).containsEntry("store", "ready, but the disk is full");
      assertThat(gauge("alertcap.ready")).isOne();
      assertThat(gauge("alertcap.degraded")).isOne();

      problem = Optional.empty();
      assertThat(probe.awaitGood(Duration.ofSeconds(5))).isTrue();
      assertThat(gauge("alertcap.degraded")).isZero();
    }
  }

  @Test
  void aQuestionThatThrowsIsAskedAgain() {
    CountDownLatch once = new CountDownLatch(1);
    try (Probe probe =
        Probe.ofNeeded(
            "store",
            OFTEN,
            () -> {
              if (once.getCount() > 0) {
                once.countDown();
                throw new IllegalStateException("nobody foresaw this");
              }
              return Optional.empty();
            },
            health.readiness("store"))) {
      await().until(() -> health.ready().passing());
      assertThat(probe.awaitGood(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void aQuestionThatIsInterruptedByTheEndSaysNothing() {
    problem = Optional.empty();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Probe probe =
        Probe.ofNeeded(
            "store",
            OFTEN,
            () -> {
              asked.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Optional.of("interrupted");
            },
            health.readiness("store"));
    await().until(() -> asked.getCount() == 0);

    probe.close();

    assertThat(health.ready().checks()).containsEntry("store", "starting");
  }

  private double gauge(String name) {
    return meters.get(name).tag("check", "store").gauge().value();
  }
}
