package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forContainer;
import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.command.CommandIntake.Answer;
import io.alertcap.capturer.command.NodeCommand;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.netns.Capability;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Commands of which no capture comes, and what is told of each. */
class RefusedCommandsTest extends RunningNode {

  @Test
  void aCommandThatComesTooLateExpires() {
    CaptureRequest request =
        Requests.expiringAt(forThisProcess("a"), Instant.now().minusSeconds(5));

    node.start(request);

    awaitEnd(request.id(), "expired");
    assertThat(node.counted("alertcap.capturer.commands", "outcome", "expired")).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsRejectedAndTheNextCommandWorks() {
    CaptureId id = Requests.id("broken");
    Failure failure = new Failure(FailureCode.INVALID_COMMAND, "request.target is missing");

    node.take(new NodeCommand.NotUnderstood(id, failure));
    CaptureRequest next = lasting("next", Duration.ofMillis(100));
    node.start(next);

    awaitEnd(id, "rejected");
    awaitEnd(next.id(), "started", "captured", "completed");
  }

  @Test
  void aContainerThatNobodyHasIsAFailureWithItsCode() {
    CaptureRequest request = Requests.expiringAt(forContainer("a"), Instant.now().plusMillis(700));

    node.start(request);

    awaitEnd(request.id(), "failed");
    assertThat(failure(request.id()).code()).isEqualTo(FailureCode.CONTAINER_NOT_FOUND);
    assertThat(failure(request.id()).message()).contains("until the command expired");
  }

  @Test
  void everyWayInWhichATapDoesNotOpenHasItsCode() {
    assertThat(codeAfter(new TapOpening.InvalidFilter("syntax error")))
        .isEqualTo(FailureCode.INVALID_FILTER);
    assertThat(codeAfter(new TapOpening.InterfaceNotFound("No eth7.", List.of("lo"))))
        .isEqualTo(FailureCode.INTERFACE_NOT_FOUND);
    assertThat(codeAfter(new TapOpening.PermissionDenied(Capability.NET_RAW, "Needs NET_RAW.")))
        .isEqualTo(FailureCode.PERMISSION_DENIED);
    assertThat(codeAfter(new TapOpening.Failed("The kernel says no.")))
        .isEqualTo(FailureCode.INTERNAL);
  }

  @Test
  void moreCapturesThanAllowedAreRejectedWithTheNameOfTheBudget() throws IOException {
    closeNode();
    node = new Node(Node.Setup.in(directory).with(Node.permissive(1))).started();
    CaptureRequest first = forThisProcess("first");
    CaptureRequest second =
        with(forThisProcess("second"), spec("tcp", "auto", Duration.ofSeconds(1)));

    node.start(first);
    node.start(second);

    awaitEnd(second.id(), "rejected");
    assertThat(failure(second.id()).code()).isEqualTo(FailureCode.BUDGET_EXCEEDED);
    assertThat(failure(second.id()).message()).contains("policy.maxConcurrent");
  }

  @Test
  void aCaptureBesideOneOfTheSamePodAndFilterIsCompleteAsWell() {
    CaptureRequest first = lasting("first", Duration.ofSeconds(1));
    CaptureRequest same = lasting("same", Duration.ofSeconds(1));

    node.start(first);
    node.start(same);

    awaitEnd(first.id(), "started", "captured", "completed");
    awaitEnd(same.id(), "started", "captured", "completed");
  }

  @Test
  void aFilterWithANameIsRefusedBeforeAnythingIsOpened() {
    CaptureRequest request =
        with(forThisProcess("a"), spec("host api.example.com", "auto", Duration.ofSeconds(1)));

    node.start(request);

    awaitEnd(request.id(), "failed");
    assertThat(failure(request.id()).code()).isEqualTo(FailureCode.INVALID_FILTER);
    assertThat(failure(request.id()).message()).contains("api.example.com", "looked up");
  }

  @Test
  void aCommandThatExpiresWhileItsTapIsOpenedIsNotBegun() {
    CaptureRequest request =
        Requests.expiringAt(forThisProcess("a"), Instant.now().plusMillis(500));
    node.packets.whileOpening(
        () -> await().until(() -> Instant.now().isAfter(request.expiresAt())));

    node.start(request);

    awaitEnd(request.id(), "expired");
  }

  @Test
  void theNodesPolicyHolds() throws IOException {
    closeNode();
    node = new Node(Node.Setup.in(directory).with(NodePolicy.STANDARD)).started();
    CaptureRequest request = forThisProcess("a");

    node.start(request);

    awaitEnd(request.id(), "rejected");
    assertThat(failure(request.id()).code()).isEqualTo(FailureCode.HOST_NETWORK_DENIED);
  }

  @Test
  void aCrowdedSpoolTakesNothingButStops() throws IOException {
    closeNode();
    SpoolSettings one =
        new SpoolSettings(
            directory,
            SpoolSettings.MAX_BYTES,
            Optional.empty(),
            Duration.ofHours(1),
            SpoolSettings.REMEMBER_FOR,
            10,
            1);
    node = new Node(Node.Setup.in(directory).with(one)).started();
    CaptureRequest first = forThisProcess("first");
    node.start(first);

    assertThat(node.start(forThisProcess("second"))).isInstanceOf(Answer.NotNow.class);
    assertThat(node.take(stop(first.id(), CaptureEnd.CANCELLED))).isEqualTo(new Answer.Taken());
    await().untilAsserted(() -> assertThat(node.spool.captures()).isEmpty());
    assertThat(node.start(forThisProcess("second"))).isEqualTo(new Answer.Taken());
  }

  @Test
  void nothingComesOfACommandThatTheJournalCannotTakeUntilItCan() throws IOException {
    CaptureRequest request = forThisProcess("blocked");
    Path inTheWay = directory.resolve("captures").resolve(request.id().value());
    Files.writeString(inTheWay, "a file where the capture's directory would be");

    assertThat(node.start(request)).isInstanceOf(Answer.NotNow.class);

    assertThat(node.kafka.typesOf(request.id())).isEmpty();
    assertThat(node.budgets.running()).isZero();
    Files.delete(inTheWay);
    assertThat(node.start(request)).isInstanceOf(Answer.Taken.class);
    awaitEnd(request.id(), "started");
  }

  private FailureCode codeAfter(TapOpening answer) {
    node.packets.answer(answer);
    CaptureRequest request = forThisProcess(answer.getClass().getSimpleName());
    node.start(request);
    awaitEnd(request.id(), "failed");
    return failure(request.id()).code();
  }
}
