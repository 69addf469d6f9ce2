package io.alertcap.trigger.web;

import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Requests.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Target;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import io.alertcap.trigger.decision.Order;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.target.CatalogAnswer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures by hand. */
class StartAndStopTest extends ApiFixture {

  private static final String POD =
      "\"target\": {\"namespace\": \"kube-system\", \"pod\": \"coredns-85578f88b8-n2t6g\"}";

  private static final CaptureSpec STANDARD = new Rules(List.of()).standardCapture();

  private record Started(List<CaptureRecord> captures, List<Refused> suppressed) {}

  private record Refused(Target target, String reason, String detail) {}

  @Test
  void startsACaptureOfAPod() throws Exception {
    Http.Response response =
        start(
            "{"
                + POD
                + ", \"capture\": {\"filter\": \"port 53\", \"duration\": \"30s\","
                + " \"interface\": \"any\"}, \"reason\": \"ticket 4711\"}");

    assertThat(response.status()).isEqualTo(202);
    CaptureRecord capture = response.as(Started.class).captures().getFirst();
    assertThat(response.header("location")).isEqualTo("/api/v1/captures/" + capture.id());
    assertThat(capture.status()).isEqualTo(CaptureStatus.REQUESTED);
    assertThat(capture.rule()).contains("manual");
    assertThat(capture.reason()).contains("ticket 4711");
    assertThat(capture.alert()).isEmpty();
    CaptureRequest sent = ((CaptureCommand.Start) command(0)).request();
    assertThat(sent.id()).isEqualTo(capture.id());
    assertThat(sent.target().node()).isEqualTo("node1");
    assertThat(sent.capture().filter()).isEqualTo("port 53");
    assertThat(sent.capture().networkInterface()).isEqualTo("any");
    assertThat(sent.capture().duration()).isEqualTo(Duration.ofSeconds(30));
    assertThat(sent.capture().maxBytes()).isEqualTo(DataSize.ofMebibytes(100));
    assertThat(http.get(response.header("location")).status()).isEqualTo(200);
  }

  @Test
  void startsCapturesOfWhatASelectorMatches() throws Exception {
    Http.Response response =
        start(
            "{\"target\": {\"namespace\": \"kube-system\", \"selector\": \"k8s-app=kube-dns\","
                + " \"maxTargets\": 2}}");

    assertThat(response.as(Started.class).captures())
        .extracting(capture -> capture.target().map(Target::node).orElse(""))
        .containsExactlyInAnyOrder("node1", "node2");
    assertThat(response.header("location")).isEmpty();
  }

  @Test
  void startsAnewEachTime() throws Exception {
    assertThat(start("{" + POD + "}").status()).isEqualTo(202);
    assertThat(start("{" + POD + "}").status()).isEqualTo(202);

    assertThat(records.count(CaptureStatus.REQUESTED)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | target",
        "{\"target\": {}} | target.namespace",
        "{\"target\": {\"namespace\": \"a\"}} | target.pod",
        "{\"target\": {\"namespace\": \"a\", \"pod\": \"b\", \"selector\": \"c\"}} | target.pod",
        "{\"target\": {\"namespace\": \"../a\", \"pod\": \"b\"}} | target.namespace",
        "{\"target\": {\"namespace\": \"a\", \"selector\": \"=\"}} | target.selector",
        "{\"target\": {\"namespace\": \"a\", \"pod\": 1}} | target.pod",
        "{\"target\": {\"namespace\": \"a\", \"pod\": \"b\", \"maxTargets\": 0}} | target.maxTargets",
        "{\"target\": {\"namespace\": \"a\", \"pod\": \"b\", \"nod\": \"c\"}} | target",
        "{POD, \"capture\": {\"duraton\": \"1s\"}} | capture",
        "{POD, \"capture\": {\"duration\": \"1ms\"}} | capture.duration",
        "{POD, \"capture\": {\"duration\": 60}} | capture.duration",
        "{POD, \"capture\": {\"maxBytes\": \"1PiB\"}} | capture.maxBytes",
        "{POD, \"capture\": {\"snaplen\": 1}} | capture.snaplen",
        "{POD, \"capture\": {\"interface\": \"a b\"}} | capture.interface",
        "{POD, \"resaon\": \"x\"} | ``",
        "[] | ``",
        "{ | ``",
      })
  void namesTheFieldThatIsWrong(String body, String field) throws Exception {
    Http.Response response = start(body.replace("POD", POD));

    assertThat(response.status()).as(response.body()).isEqualTo(400);
    assertThat(response.as(Problem.class).field().orElse("")).isEqualTo(field);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void refusesAReasonThatIsAnEssay() throws Exception {
    assertThat(start("{" + POD + ", \"reason\": \"" + "x".repeat(1025) + "\"}").status())
        .isEqualTo(400);
    assertThat(start("{" + POD + ", \"reason\": \"" + "x".repeat(70_000) + "\"}").status())
        .isEqualTo(413);
  }

  @Test
  void startsNothingOfWhatIsNotThere() throws Exception {
    assertThat(
            start("{\"target\": {\"namespace\": \"kube-system\", \"pod\": \"nobody\"}}").status())
        .isEqualTo(404);

    catalog = query -> new CatalogAnswer.Unavailable("the API server does not answer");
    assertThat(start("{" + POD + "}").status()).isEqualTo(503);
  }

  @Test
  void holdsThePolicy() throws Exception {
    Http.Response response = start("{\"target\": {\"namespace\": \"shop\", \"pod\": \"web-0\"}}");

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.as(Problem.class).detail()).contains("policy.deniedNamespaces");
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void promisesNothingWithoutKafkaOrThePast() throws Exception {
    kafka.sendException = new TimeoutException("no broker");
    assertThat(start("{" + POD + "}").status()).isEqualTo(503);
    assertThat(records.count(CaptureStatus.REQUESTED)).isZero();

    kafka.sendException = null;
    recordsComplete = false;
    assertThat(start("{" + POD + "}").status()).isEqualTo(503);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void takesNoForm() throws Exception {
    assertThat(
            http.send(
                    "POST",
                    "/api/v1/captures",
                    BodyPublishers.ofString("{" + POD + "}"),
                    "Content-Type",
                    "text/plain")
                .status())
        .isEqualTo(415);
  }

  @Test
  void stopsWhatRuns() throws Exception {
    CaptureRequest request = request("coredns-latency", "a", CLOCK.instant());
    records.add(requested(request));

    Http.Response response = stop(request.id().value());

    assertThat(response.status()).isEqualTo(202);
    assertThat(command(0))
        .isEqualTo(new CaptureCommand.Stop(request.id(), "worker-1", CaptureEnd.CANCELLED));
    assertThat(kafka.history()).hasSize(1);
    assertThat(kafka.history().getFirst().key()).isEqualTo("worker-1");
  }

  @Test
  void leavesAloneWhatHasEnded() throws Exception {
    CaptureRequest request = request("coredns-latency", "a", CLOCK.instant());
    records.add(completed(request));

    assertThat(stop(request.id().value()).status()).isEqualTo(200);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void stopsNothingThatIsNotThere() throws Exception {
    assertThat(stop(request("a").id().value()).status()).isEqualTo(404);
    assertThat(stop("nonsense").status()).isEqualTo(404);
    assertThat(stop("%2e%2e").status()).isEqualTo(404);
  }

  @Test
  void saysThatKafkaDidNotTakeTheStop() throws Exception {
    CaptureRequest request = request("coredns-latency", "a", CLOCK.instant());
    records.add(requested(request));
    kafka.sendException = new TimeoutException("no broker");

    assertThat(stop(request.id().value()).status()).isEqualTo(503);
  }

  @Test
  void remembersWhoAskedByName() {
    Reading<Order> order =
        OrderBody.read(("{" + POD + "}").getBytes(UTF_8), Optional.of("oncall"), STANDARD);

    assertThat(order)
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid ->
                assertThat(valid.value())
                    .hasFieldOrPropertyWithValue("requestedBy", Optional.of("oncall")));
  }

  private CaptureCommand command(int index) {
    return switch (Json.read(kafka.history().get(index).value(), CaptureCommand.class)) {
      case Reading.Valid<CaptureCommand>(CaptureCommand command) -> command;
      case Reading.Invalid<CaptureCommand> invalid -> throw new AssertionError(invalid.sentence());
    };
  }

  private Http.Response start(String body) throws Exception {
    return http.send("POST", "/api/v1/captures", BodyPublishers.ofString(body));
  }

  private Http.Response stop(String id) throws Exception {
    return http.send("DELETE", "/api/v1/captures/" + id, BodyPublishers.noBody());
  }
}
