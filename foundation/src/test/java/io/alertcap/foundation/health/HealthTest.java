package io.alertcap.foundation.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final AtomicLong now = new AtomicLong();
  private final Health health = new Health(now::get);

  @Test
  void isReadyWhenEveryPartIs() {
    Readiness kafka = health.readiness("kafka");
    Readiness spool = health.readiness("spool");
    kafka.ready();

    assertThat(health.ready().httpStatus()).isEqualTo(503);
    assertThat(health.ready().json())
        .isEqualTo(
            "{\"status\":\"not-ready\",\"checks\":{\"kafka\":\"ready\",\"spool\":\"starting\"}}");

    spool.ready();
    assertThat(health.ready().httpStatus()).isEqualTo(200);
    assertThat(health.ready().json())
        .isEqualTo("{\"status\":\"ready\",\"checks\":{\"kafka\":\"ready\",\"spool\":\"ready\"}}");

    health.readiness("kafka").notReady("no \"broker\" answers");
    assertThat(health.ready().json())
        .isEqualTo(
            "{\"status\":\"not-ready\",\"checks\":{\"kafka\":\"no \\\"broker\\\""
                + " answers\",\"spool\":\"ready\"}}");
  }

  @Test
  void everyPartIsAMetricWhicheverCameFirst() {
    MeterRegistry meters = new SimpleMeterRegistry();
    health.readiness("kafka").ready();
    health.bindTo(meters);
    Readiness spool = health.readiness("spool");

    assertThat(ready(meters, "kafka")).isEqualTo(1);
    assertThat(ready(meters, "spool")).isZero();

    spool.ready();
    health.readiness("kafka").notReady("no broker answers");
    assertThat(ready(meters, "kafka")).isZero();
    assertThat(ready(meters, "spool")).isEqualTo(1);
  }

  private static double ready(MeterRegistry meters, String check) {
    return meters.get("alertcap.ready").tag("check", check).gauge().value();
  }

  @Test
  void isAliveWhileEveryLoopGivesASign() {
    Heartbeat commands = health.heartbeat("commands", Duration.ofSeconds(30));
    health.readiness("kafka").notReady("down");

    now.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(health.alive().json())
        .isEqualTo("{\"status\":\"alive\",\"checks\":{\"commands\":\"alive\"}}");

    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(health.alive().httpStatus()).isEqualTo(503);
    assertThat(health.alive().json())
        .isEqualTo(
            "{\"status\":\"hanging\",\"checks\":{\"commands\":\"silent for 31 s, longer than 30"
                + " s\"}}");

    commands.beat();
    assertThat(health.alive().passing()).isTrue();
  }
}
