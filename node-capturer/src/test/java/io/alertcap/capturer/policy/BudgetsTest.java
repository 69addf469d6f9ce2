package io.alertcap.capturer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetsTest {

  private final CaptureRequest first = Requests.forContainer("first");
  private final AtomicLong captured = new AtomicLong();
  private final Budgets budgets =
      new Budgets(NodePolicy.STANDARD, DataSize.ofMebibytes(2), captured::get);

  @Test
  void whoLeavesMakesRoom() {
    for (int i = 0; i < NodePolicy.STANDARD.maxConcurrent(); i++) {
      assertThat(budgets.enter(Requests.forContainer("other" + i))).isEmpty();
    }
    assertThat(budgets.enter(first).map(Failure::message).orElseThrow())
        .contains("policy.maxConcurrent");

    budgets.leave(Requests.id("other0"));

    assertThat(budgets.enter(first)).isEmpty();
  }

  @Test
  void whoWaitsTakesNobodysPlaceAndHasToComeInAgain() {
    for (int i = 0; i < NodePolicy.STANDARD.maxConcurrent(); i++) {
      assertThat(budgets.enter(Requests.forContainer("other" + i))).isEmpty();
    }
    assertThat(budgets.mayWait(Requests.id("other0"))).isTrue();
    assertThat(budgets.mayWait(Requests.id("other0"))).as("once more").isTrue();

    assertThat(budgets.enter(first)).isEmpty();
    assertThat(budgets.enter(Requests.forContainer("other0"))).isPresent();
  }

  @Test
  void notMoreWaitThanTheNodeCanLookFor() {
    for (int i = 0; i < Budgets.MAX_WAITING; i++) {
      assertThat(budgets.mayWait(Requests.id("other" + i))).isTrue();
    }
    assertThat(budgets.mayWait(first.id())).isFalse();

    budgets.leave(Requests.id("other0"));

    assertThat(budgets.mayWait(first.id())).isTrue();
  }

  @Test
  void bytesPerHourCloseTheDoor() {
    captured.set(NodePolicy.STANDARD.maxBytesPerHour().bytes());

    assertThat(budgets.enter(first).map(Failure::message).orElseThrow())
        .contains("policy.maxBytesPerHour");
    assertThat(budgets.running()).isZero();
  }

  @Test
  void buffersOfAllTogetherAreBounded() {
    assertThat(budgets.enter(with("a", DataSize.ofMebibytes(256)))).isEmpty();
    assertThat(budgets.enter(with("b", DataSize.ofMebibytes(254)))).isEmpty();
    assertThat(budgets.enter(first)).isEmpty();
    assertThat(budgets.enter(Requests.forContainer("more")).map(Failure::message).orElseThrow())
        .contains("512MiB", "2MiB more", "policy.maxBufferTotal");

    budgets.leave(Requests.id("b"));

    assertThat(budgets.enter(Requests.forContainer("more"))).isEmpty();
  }

  private static CaptureRequest with(String name, DataSize buffer) {
    CaptureRequest request = Requests.forContainer(name);
    CaptureSpec spec = request.capture();
    return Requests.with(
        request,
        new CaptureSpec(
            spec.filter(),
            spec.networkInterface(),
            spec.duration(),
            spec.maxBytes(),
            spec.maxPackets(),
            spec.snaplen(),
            Optional.empty(),
            Optional.of(buffer),
            Optional.empty()));
  }
}
