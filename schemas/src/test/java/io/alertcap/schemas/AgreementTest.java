package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every place in every kind of message is given every value of a list: what the schema refuses Java
 * refuses, and the other way round. Where only one of the two can or should, it is said here.
 */
class AgreementTest {

  private static final String VALUES =
      """
      [null, true, false, {}, [], [1], {"a": "b"}, {"a": 1}, {"a": null},
       -1, 0, 1, 1.0, 1.5, 63, 64, 262144, 262145, 4194304, 4194305, 2147483648,
       9223372036854775807, 9223372036854775808, -9223372036854775809, "1", "0",
       "", " ", "a", "A", "-", "a-", "a.b", "a..b", ".", "..", "...", "a_b", "a/b", "../a",
       "a\\n", "a\\u0000", "é", "😀", "eth0:1", "worker-3", "eth0,eth1", "eth0,", "eth0,any", "auto,eth0", "eth0,..", "any",
       "60s", "1s1m", "60", "1m30s", "1.5s", "50ms", "25h", "100MiB", "100 MiB", "100mib", "2TiB",
       "2026-11-22T22:33:35Z", "2026-11-22T22:33:35.123456789+01:00", "2027-01-01T00:00:00.5Z",
       "2026-02-30T00:00:00Z", "2026-11-22T22:33Z", "2026-11-22 22:33:35Z", "2026-11-22T22:33:35z",
       "2026-11-22T22:33:35.Z", "inout", "full", "2026-11-22T22:33:35", "+2026-11-22T22:33:35Z",
       "20261122T223335Z-manual-0d94be11c27a6f35", "20261122T223335Z-Manual-0d94be11c27a6f35",
       "/run/netns/blue", "/run/../netns", "run", "/", "10.0.0.1", "::1", "ab12",
       "pcap", "gzip", "PCAP", "EN10MB", "cancelled", " cancelled", "target-gone", "target_gone",
       "completed", "internal", "start", "DISK"]
      """;

  private static final List<JsonNode> EVERYTHING =
      Stream.concat(
              Json.mapper().readTree(VALUES).valueStream(),
              IntStream.of(15, 16, 63, 64, 65, 253, 254, 1024, 1025, 2048, 2049, 4096, 4097)
                  .mapToObj("a"::repeat)
                  .map(Json.mapper()::valueToTree))
          .toList();

  private static final String TIME = "[0-9]{4}-.*[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|\\+.*)";

  private static final String CUT =
      ".*/(failure/message|enrichment/(plainBecause|warnings/[0-9]+))";

  private static final String CODE =
      ".*/(failure/code|history/[0-9]+/code|result/end|end|verdict/(code|also(/[0-9]+)?))";

  private enum Judge {
    SCHEMA,
    JAVA
  }

  private record Difference(Judge refusedBy, String what, Predicate<Mutation> applies) {

    private static Difference onlySchema(String what, Predicate<Mutation> applies) {
      return new Difference(Judge.SCHEMA, what, applies);
    }

    private static Difference onlyJava(String what, Predicate<Mutation> applies) {
      return new Difference(Judge.JAVA, what, applies);
    }

    @Override
    public String toString() {
      return what + ", refused only by " + refusedBy;
    }
  }

  private static final List<Difference> DIFFERENCES =
      List.of(
          Difference.onlySchema(
              "null where something may be absent",
              m -> m.value().filter(JsonNode::isNull).isPresent() && m.ofOptional()),
          Difference.onlySchema(
              "another id than the request's",
              m -> m.path().equals("id") && m.original().has("request")),
          Difference.onlySchema(
              "a message that is cut where it is too long",
              m -> m.place().toString().matches(CUT) && m.puts("a{2049,}")),
          Difference.onlySchema(
              "a blank where a number may be absent", m -> m.at("/lost") && m.puts(" ")),
          Difference.onlySchema(
              "a code of a newer version",
              m -> m.place().toString().matches(CODE) && m.puts("(?s).*")),
          Difference.onlySchema("blanks around a word", m -> m.puts(" cancelled")),
          Difference.onlyJava(
              "a fraction of zero", m -> m.value().toString().equals("Optional[1.0]")),
          Difference.onlyJava(
              "a duration out of range", m -> m.at("/duration") && m.puts("50ms|25h")),
          Difference.onlyJava(
              "a size out of range",
              m ->
                  (m.at("/maxBytes") && m.puts("[0-9]+|2TiB"))
                      || (m.at("/buffer") && m.puts("[0-9]+|2TiB"))),
          Difference.onlyJava("a day that does not exist", m -> m.puts("2026-02-30T.*")),
          Difference.onlyJava(
              "an end before the beginning",
              m -> (m.at("/commandedAt") || m.at("/expiresAt")) && m.puts(TIME)),
          Difference.onlyJava(
              "a rejection of another capture than the request's",
              m -> m.at("/id") && m.puts("20261122T223335Z-manual-0d94be11c27a6f35")));

  @Test
  void schemaAndJavaRefuseTheSameOrItIsSaidWhyNot() {
    Set<Difference> seen = new HashSet<>();
    Set<String> unexplained = new TreeSet<>();
    mutations()
        .forEach(mutation ->
            onlyOne(mutation)
                .ifPresent(judge ->
                    DIFFERENCES.stream()
                        .filter(d -> d.refusedBy == judge && d.applies.test(mutation))
                        .findFirst()
                        .ifPresentOrElse(
                            seen::add,
                            () -> unexplained.add(mutation + " by " + judge + " only"))));

    assertThat(unexplained).isEmpty();
    assertThat(seen)
        .as("no difference is out of date")
        .containsExactlyInAnyOrderElementsOf(DIFFERENCES);
  }

  /** Where a field depends on another, the one that is named may be the other. */
  @Test
  void javaNamesTheFieldThatIsWrong() {
    Set<String> misnamed = new TreeSet<>();
    mutations()
        .filter(m -> !m.path().equals("type"))
        .forEach(mutation -> {
          if (mutation.read() instanceof Reading.Invalid<?> invalid
              && !invalid.path().startsWith(mutation.path())
              && !dependsOn(invalid.path(), mutation)) {
            misnamed.add(mutation + " → " + invalid.sentence());
          }
        });

    assertThat(misnamed).isEmpty();
  }

  private static boolean dependsOn(String named, Mutation mutation) {
    return switch (named.replaceAll(".*\\.", "")) {
      case "containerId" -> mutation.path().matches(".*\\.(pid|netns|hostNetwork)");
      case "expiresAt" -> mutation.at("/commandedAt");
      case "id" -> mutation.path().equals("request.id");
      default -> false;
    };
  }

  /** Who alone refuses it, if it is one alone. */
  private static Optional<Judge> onlyOne(Mutation mutation) {
    boolean bySchema = !mutation.message().schemaErrors(mutation.mutated()).isEmpty();
    boolean byJava = mutation.read() instanceof Reading.Invalid<?>;
    return bySchema == byJava
        ? Optional.empty()
        : Optional.of(bySchema ? Judge.SCHEMA : Judge.JAVA);
  }

  /**
   * What is the same in several messages is looked at in one of them: a request in commands, the
   * parts of an analysis in events.
   */
  private static Stream<Mutation> mutations() {
    return documents()
        .flatMap(document -> Mutation.all(document, EVERYTHING))
        .filter(m -> m.message() == Message.COMMAND || !m.path().startsWith("request."))
        .filter(m -> m.message() == Message.EVENT || !m.path().matches("(dns|tcp|enrichment)\\..*"))
        .filter(m -> !m.path().matches("dns\\.(upstream|other|forwarding\\.\\w+Latency)\\..*"));
  }

  private static Stream<JsonNode> documents() {
    JsonNode byNetns = Message.tree("examples/capture-command.start-by-hand.json");
    JsonNode byPid = byNetns.deepCopy();
    ((ObjectNode) byPid.at("/request/target")).put("pid", 42).remove("netns");
    Stream<JsonNode> written =
        Stream.of(
                Examples.commands(),
                Examples.events(),
                Examples.records(),
                Examples.nodes(),
                Examples.accesses())
            .flatMap(Collection::stream)
            .map(value -> Json.mapper().readTree(Json.write(value)));
    return Stream.concat(Stream.of(byNetns, byPid), written);
  }
}
