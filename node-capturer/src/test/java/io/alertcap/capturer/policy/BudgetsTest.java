package io.alertcap.capturer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.Failure;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetsTest {

  private final CaptureId first = Requests.id("first");
  private final CaptureId second = Requests.id("second");
  private final AtomicLong captured = new AtomicLong();
  private final Budgets budgets = new Budgets(NodePolicy.STANDARD, captured::get);

  @Test
  void whoLeavesMakesRoom() {
    for (int i = 0; i < NodePolicy.STANDARD.maxConcurrent(); i++) {
      assertThat(budgets.enter(Requests.id("other" + i))).isEmpty();
    }
    assertThat(budgets.enter(first).map(Failure::message).orElseThrow())
        .contains("policy.maxConcurrent");

    budgets.leave(Requests.id("other0"));

    assertThat(budgets.enter(first)).isEmpty();
  }

  @Test
  void bytesPerHourCloseTheDoor() {
    captured.set(NodePolicy.STANDARD.maxBytesPerHour().bytes());

    assertThat(budgets.enter(first).map(Failure::message).orElseThrow())
        .contains("policy.maxBytesPerHour");
    assertThat(budgets.running()).isZero();
  }

  @Test
  void aNamespaceAndFilterBelongToOneCaptureAtATime() {
    assertThat(budgets.claim(first, "net:[1]", "udp")).isEmpty();
    assertThat(budgets.claim(second, "net:[1]", "tcp")).isEmpty();
    assertThat(budgets.claim(second, "net:[2]", "udp")).isEmpty();
    assertThat(budgets.claim(second, "net:[1]", "udp").map(Failure::message).orElseThrow())
        .contains(first.value());

    budgets.leave(first);

    assertThat(budgets.claim(second, "net:[1]", "udp")).isEmpty();
  }
}
