package io.alertcap.schemas.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.Examples;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.VerdictCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {

  private static final String STATISTICS =
      "{\"received\":1,\"dropped\":2,\"droppedByInterface\":3,\"lost\":0}";

  @Test
  void fieldsThatAreNotKnownAreIgnoredEverywhere() {
    CaptureEvent event = Examples.events().get(3);
    JsonNode document = Json.mapper().readTree(Json.write(event));
    extend(document);

    assertThat(Json.read(document, CaptureEvent.class)).isEqualTo(new Reading.Valid<>(event));
    assertThat(Json.read(Json.write(document), CaptureEvent.class))
        .isEqualTo(new Reading.Valid<>(event));
  }

  /** A reader is not always the newest program: what it does not know is no reason to skip all. */
  @Test
  void codesThatAreNotKnownAreUnknown() {
    ObjectNode event =
        (ObjectNode) Json.mapper().readTree(Json.write(Examples.completed(Examples.request())));
    ((ObjectNode) event.get("result")).put("end", "taken-by-aliens");
    ObjectNode verdict = (ObjectNode) event.at("/dns/verdict");
    verdict.put("code", "new-trouble");
    verdict.putArray("also").add("newer-trouble").add("healthy");

    CaptureEvent.Completed read =
        (CaptureEvent.Completed)
            ((Reading.Valid<CaptureEvent>) Json.read(Json.write(event), CaptureEvent.class))
                .value();

    assertThat(read.result().end()).isEqualTo(CaptureEnd.UNKNOWN);
    assertThat(read.dns().orElseThrow().verdict().code()).isEqualTo(VerdictCode.UNKNOWN);
    assertThat(read.dns().orElseThrow().verdict().also())
        .containsExactly(VerdictCode.UNKNOWN, VerdictCode.HEALTHY);
    assertThat(CaptureRecord.of(read).partial()).isTrue();
    assertThat(Json.read("{\"code\":\"new\",\"message\":\"m\"}".getBytes(UTF_8), Failure.class))
        .isEqualTo(new Reading.Valid<>(new Failure(FailureCode.UNKNOWN, "m")));
    assertThat(Json.read("{\"code\":7,\"message\":\"m\"}".getBytes(UTF_8), Failure.class))
        .isInstanceOf(Reading.Invalid.class);
  }

  /** Not the maps, where every name is known. */
  private static void extend(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .propertyStream()
          .filter(property -> !property.getKey().matches("labels|annotations"))
          .forEach(property -> extend(property.getValue()));
      object.putObject("newObject").put("type", "new").putArray("list").add(1).addNull();
      object.put("newText", "x").put("newNumber", 1.5).putNull("newNull");
    }
  }

  @Test
  void whatIsAbsentIsNotWritten() {
    Statistics statistics = new Statistics(1, 2, 3, Optional.empty(), Optional.empty());

    assertThat(Json.write(statistics)).asString(UTF_8).isEqualTo(STATISTICS);
  }

  @Test
  void countsThatNobodyKnowsAreNotWritten() {
    Statistics statistics = Statistics.uncounted(Optional.empty(), Optional.empty());

    assertThat(statistics.counts()).isEmpty();
    assertThat(Json.write(statistics)).asString(UTF_8).isEqualTo("{}");
    assertThat(Json.read(bytes("{}"), Statistics.class)).isEqualTo(new Reading.Valid<>(statistics));
  }

  @Test
  void nullSaysThatSomethingOptionalIsAbsent() {
    String document = STATISTICS.replace("}", ",\"firstPacketAt\":null}");

    assertThat(Json.read(bytes(document), Statistics.class))
        .isEqualTo(Json.read(bytes(STATISTICS), Statistics.class))
        .isInstanceOf(Reading.Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"received\":1,\"dropped\":2}          | droppedByInterface | is missing",
        "{\"received\":1,\"dropped\":null}       | dropped  | is missing",
        "{\"received\":\"1\"}                    | received | must be a whole number",
        "{\"received\":1.0}                      | received | must be a whole number",
        "{\"received\":1e0}                      | received | must be a whole number",
        "{\"received\":true}                     | received | must be a whole number",
        "{\"received\":[]}                       | received | must be a whole number",
        "{\"received\":9223372036854775808}      | received | is out of range",
        "{\"received\":1,\"received\":1}         | ``       | is no JSON: Duplicate Object property \"received\"",
        "[]                                      | ``       | must be an object, and nothing else",
        "7                                       | ``       | must be an object, and nothing else",
        "\"\"                                    | ``       | must be an object, and nothing else",
        "``                                      | ``       | must be an object, and nothing else",
        "null                                    | ``       | must not be null"
      })
  void saysWhereAndWhatIsWrong(String document, String path, String message) {
    assertThat(Json.read(bytes(document), Statistics.class))
        .isEqualTo(new Reading.Invalid<>(path, message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"received\":01}",
        "{'received':1}",
        "{\"received\":NaN}",
        "{\"received\":1,}",
        "{received:1}",
        "\u0000",
        "\ufeff{"
      })
  void refusesWhatIsNoJson(String document) {
    assertThat(Json.read(bytes(document), Statistics.class))
        .isInstanceOfSatisfying(
            Reading.Invalid.class, e -> assertThat(e.message()).startsWith("is no JSON: "));
  }

  @Test
  void refusesWhatFollowsTheValue() {
    assertThat(Json.read(bytes(STATISTICS + STATISTICS), Statistics.class))
        .isEqualTo(new Reading.Invalid<>("", "must be an object, and nothing else"));
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] latin1 = "{\"é\":1}".getBytes(ISO_8859_1);

    assertThat(Json.read(latin1, Statistics.class)).isInstanceOf(Reading.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"x\":"})
  void refusesDeepNestingWithoutFollowingIt(String opening) {
    String document = "{\"new\":" + opening.repeat(1_000_000);

    assertThat(Json.read(bytes(document), CaptureRecord.class))
        .isInstanceOfSatisfying(
            Reading.Invalid.class, e -> assertThat(e.message()).contains("nesting depth"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', type, is missing",
    "'{\"type\":null}', type, is missing",
    "'{\"type\":\"reboot\"}', type, is unknown: reboot",
    "'{\"type\":\"stop\"}', id, is missing",
    "'{\"type\":\"start\"}', request, is missing",
    "'{\"type\":\"start\",\"request\":{\"id\":\"x\"}}', request.id, "
        + "must be like 20261122T223335Z-coredns-latency-3f9a2c7b51e0d846",
  })
  void aCommandSaysWhereItIsWrong(String document, String path, String message) {
    Reading<CaptureCommand> invalid = new Reading.Invalid<>(path, message);

    assertThat(Json.read(bytes(document), CaptureCommand.class)).isEqualTo(invalid);
    assertThat(Json.read(Json.mapper().readTree(document), CaptureCommand.class))
        .isEqualTo(invalid);
  }

  @Test
  void pathsLeadThroughListsAndMaps() {
    record Lists(List<Map<String, Duration>> list) {}

    assertThat(Json.read(bytes("{\"list\":[{},{\"a\":\"1s\",\"b\":1}]}"), Lists.class))
        .isEqualTo(new Reading.Invalid<>("list[1].b", "must be a string"));
    assertThat(Json.read(bytes("{\"list\":[{\"a\":null}]}"), Lists.class))
        .isEqualTo(new Reading.Invalid<>("list[0].a", "is missing"));
    assertThat(Json.read(bytes("{\"list\":[{},null]}"), Lists.class))
        .isEqualTo(new Reading.Invalid<>("list[1]", "is missing"));
  }

  @Test
  void aTreeThatIsNullIsInvalid() {
    assertThat(Json.read(Json.mapper().nullNode(), Statistics.class))
        .isEqualTo(new Reading.Invalid<>("", "must not be null"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T22:33:35Z, 2026-11-22T22:33:35.000Z",
    "2026-11-22T22:33:35.1Z, 2026-11-22T22:33:35.100Z",
    "2026-11-22T22:33:35.123456Z, 2026-11-22T22:33:35.123456000Z",
    "2026-11-22T22:33:35.123456789Z, 2026-11-22T22:33:35.123456789Z",
    "2026-11-22T22:33:35+01:30, 2026-11-22T21:03:35.000Z",
    "2026-11-22T22:33:35-00:00, 2026-11-22T22:33:35.000Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
    "2028-02-29T23:59:59Z, 2028-02-29T23:59:59.000Z"
  })
  void timesAreReadAtAnyOffsetAndWrittenInUtc(String text, String written) {
    Reading<Instant> time = Json.read(bytes('"' + text + '"'), Instant.class);

    assertThat(time.map(Json::write).map(json -> new String(json, UTF_8)))
        .isEqualTo(new Reading.Valid<>('"' + written + '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22",
        "2026-11-22T22:33Z",
        "2026-11-22 22:33:35Z",
        "2026-11-22T22:33:35",
        "2026-11-22T22:33:35z",
        "2026-11-22T22:33:35,5Z",
        "2026-11-22T22:33:35.Z",
        "2026-02-29T00:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T22:33:60Z",
        "+2026-11-22T22:33:35Z",
        "12026-11-22T22:33:35Z",
        "2026-11-22T22:33:35+0100",
        "2026-11-22T22:33:35.1234567890Z",
        " 2026-11-22T22:33:35Z",
        "1763850815"
      })
  void refusesTimesThatAreNotRfc3339(String text) {
    assertThat(Json.read(bytes('"' + text + '"'), Instant.class))
        .isEqualTo(
            new Reading.Invalid<>("", "must be an RFC 3339 time such as 2026-11-22T22:33:35.000Z"));
  }

  @ParameterizedTest
  @MethodSource("io.alertcap.schemas.Seeds#seeds")
  void neverThrowsForWhatTheBytesHold(long seed) {
    Random random = new Random(seed);
    byte[] document = Json.write(Examples.commands().getFirst());
    for (int i = 0; i < 50; i++) {
      byte[] damaged = document.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(Json.read(damaged, CaptureCommand.class)).isNotNull();
    }
  }

  @Test
  void aSentenceNamesTheFieldOrTheMessage() {
    assertThat(new Reading.Invalid<>("a.b", "is missing").sentence()).isEqualTo("a.b is missing");
    assertThat(new Reading.Invalid<>("", "is empty").sentence()).isEqualTo("the message is empty");
  }

  private static byte[] bytes(String document) {
    return document.getBytes(UTF_8);
  }
}
