package io.alertcap.trigger.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MatcherTest {

  /** The cases of Alertmanager's own {@code matcher/parse/parse_test.go}, and some between them. */
  static Stream<Arguments> readable() {
    return Stream.of(
        arguments("", List.of()),
        arguments("{}", List.of()),
        arguments(" { } ", List.of()),
        arguments("foo=bar", List.of("\"foo\"=\"bar\"")),
        arguments("{foo=bar}", List.of("\"foo\"=\"bar\"")),
        arguments("{foo=bar,}", List.of("\"foo\"=\"bar\"")),
        arguments("foo=bar,", List.of("\"foo\"=\"bar\"")),
        arguments("foo!=bar", List.of("\"foo\"!=\"bar\"")),
        arguments("{foo=~[a-z]+}", List.of("\"foo\"=~\"[a-z]+\"")),
        arguments("{foo!~[a-z]+}", List.of("\"foo\"!~\"[a-z]+\"")),
        arguments("{foo=🙂bar}", List.of("\"foo\"=\"🙂bar\"")),
        arguments("foo🙂=bar", List.of("\"foo🙂\"=\"bar\"")),
        arguments("{\"foo\"=\"bar\"}", List.of("\"foo\"=\"bar\"")),
        arguments("\"foo bar\"=\"x\"", List.of("\"foo bar\"=\"x\"")),
        arguments("{\"foo\"=~\"\\\\d+\"}", List.of("\"foo\"=~\"\\\\d+\"")),
        arguments("{\"foo\"=\"\\xf0\\x9f\\x99\\x82\"}", List.of("\"foo\"=\"🙂\"")),
        arguments("{\"foo\"=\"\\360\\237\\231\\202\"}", List.of("\"foo\"=\"🙂\"")),
        arguments("{\"foo\"=\"\\U0001f642\"}", List.of("\"foo\"=\"🙂\"")),
        arguments("{\"foo\"=\"\\u00e9\"}", List.of("\"foo\"=\"é\"")),
        arguments("{\"foo\"=\"bar\\n\"}", List.of("\"foo\"=\"bar\\n\"")),
        arguments("{\"foo\"=\"bar\\t\\a\\v\\f\\r\\b\"}", List.of("\"foo\"=\"bar\t\7\13\f\r\b\"")),
        arguments("{\"foo\"=\"\\\"bar\\\"\"}", List.of("\"foo\"=\"\\\"bar\\\"\"")),
        arguments("{\"foo\"=\"bar\\\\\"}", List.of("\"foo\"=\"bar\\\\\"")),
        arguments("foo=\"\"", List.of("\"foo\"=\"\"")),
        arguments("{foo=bar,bar!=baz}", List.of("\"foo\"=\"bar\"", "\"bar\"!=\"baz\"")),
        arguments("foo=\"b,}r\" , bar!=\"baz\"", List.of("\"foo\"=\"b,}r\"", "\"bar\"!=\"baz\"")),
        arguments(" foo\u00a0=~\t\"a|b\" ", List.of("\"foo\"=~\"a|b\"")));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void readsAlertmanagersSyntax(String text, List<String> matchers) {
    assertThat(Matcher.parse(text)).extracting(Matcher::toString).isEqualTo(matchers);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void readsWhatItWrites(String text, List<String> matchers) {
    assertThat(Matcher.parse(String.join(",", matchers)))
        .extracting(Matcher::toString)
        .isEqualTo(matchers);
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        arguments(",", "column 1: expected a label's name, found ','"),
        arguments("{,}", "column 2: expected a label's name, found ',}'"),
        arguments("foo=bar,,", "column 9: expected a label's name, found ','"),
        arguments("{", "column 2: expected a comma or a closing brace, found the end"),
        arguments("}", "column 1: expected the end, found '}'"),
        arguments("{}x", "column 3: expected the end, found 'x'"),
        arguments("foo=bar}", "column 8: expected a comma or the end, found '}'"),
        arguments("{foo=bar", "column 9: expected a comma or a closing brace, found the end"),
        arguments("{foo=:\"bar\"}", "column 7: expected a comma or a closing brace, found '\"b"),
        arguments("foo", "column 4: expected one of =, !=, =~ and !~, found the end"),
        arguments("foo!bar", "column 4: expected one of =, !=, =~ and !~, found '!bar'"),
        arguments("foo~bar", "column 4: expected one of"),
        arguments("foo=", "column 5: expected a value; \"\" is the empty one, found the end"),
        arguments("foo==bar", "column 5: expected a value"),
        arguments("foo='bar'", "column 5: expected a value"),
        arguments("🙂🙂=", "column 4: expected a value"),
        arguments("\"\"=bar", "column 1: a label's name must not be empty"),
        arguments("foo=\"bar", "column 5: the closing quote is missing"),
        arguments("foo=\"bar\\", "column 5: the closing quote is missing"),
        arguments("foo=\"b\nr\"", "column 7: a line break in quotes is written \\n"),
        arguments("{foo=bar\\n}", "column 9: expected a comma or a closing brace, found '\\n}'"),
        arguments("{foo=\"bar\\w\"}", "column 10: \\w is no escape sequence; a backslash itself"),
        arguments("{\"foo\"=~\"\\d+\"}", "column 10: \\d is no escape sequence"),
        arguments("foo=\"\\x1\"", "column 6: \\x1 is no escape sequence"),
        arguments("foo=\"\\x+1\"", "column 6: \\x+ is no escape sequence"),
        arguments("foo=\"\\777\"", "column 6: \\777 is no escape sequence"),
        arguments("foo=\"\\ud800\"", "column 6: \\ud800 is no escape sequence"),
        arguments("foo=\"\\U00110000\"", "column 6: \\U00110000 is no escape sequence"),
        arguments(
            "{\"foo\"=\"\\xf0\\x9f\"}", "column 8: the bytes between the quotes are not UTF-8"),
        arguments("a=b, foo=~\"(\"", "column 11: '(' is no regular expression: missing closing )"),
        arguments("foo=~*", "column 6: '*' is no regular expression"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void saysWhereItIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matcher.parse(text))
        .withMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "severity=warning; true",
        "severity=warn; false",
        "severity!=warning; false",
        "severity!=critical; true",
        "severity=~\"warning|critical\"; true",
        "severity=~warn; false",
        "severity=~arning; false",
        "severity=~\"(?i)WARN.*\"; true",
        "severity!~\"warning|critical\"; false",
        "severity!~warn; true",
        "lines=~\"one.two\"; false",
        "lines=~\"(?s)one.two\"; true",
        "lines=~\"one\"; false",
        "Severity=\"\"; true",
        "team=\"\"; true",
        "team!=\"\"; false",
        "team=~\".*\"; true",
        "team=~\".+\"; false",
        "team!~\".+\"; true",
        "team!=x; true",
      })
  void comparesTheWholeValueAndTakesAMissingLabelAsEmpty(String text, boolean matches) {
    Map<String, String> labels = Map.of("severity", "warning", "lines", "one\ntwo");

    assertThat(Matcher.parse(text))
        .hasSize(1)
        .allSatisfy(matcher -> assertThat(matcher.matches(labels)).isEqualTo(matches));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a*)*b", "(a|aa)+b", "(.*)*(.*)*(.*)*x", "(a?){60}a{60}", "([a-z]+)+[0-9]"})
  void matchesInLinearTimeWhereBacktrackingWouldNotEnd(String expression) {
    Matcher matcher = Matcher.of("x", "=~", expression);
    Map<String, String> labels = Map.of("x", "a".repeat(4_096));

    Assertions.assertTimeout(Duration.ofSeconds(5), () -> matcher.matches(labels));
  }

  static Stream<Arguments> bombs() {
    return Stream.of(
        arguments("((a{1000}){1000}){1000}", "at most 10000 parts"),
        arguments("(((a{100,200}){100}){100})", "at most 10000 parts"),
        arguments("(?:[^]{}]{100}){101}", "at most 10000 parts"),
        arguments("(?:\\Qabc\\E{100}){101}", "at most 10000 parts"),
        arguments("(?:\\x{41}{100}){101}", "at most 10000 parts"),
        arguments("(?:[\\]a]{999}){999}", "at most 10000 parts"),
        arguments("a{99999999999999999999}", "at most 10000 parts"),
        arguments("(".repeat(2_000) + ")".repeat(2_000), "nested at most 100 deep"),
        arguments("a".repeat(5_000), "at most 4096 characters"));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void refusesExpressionsThatGrowWhenCompiled(String expression, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matcher.of("x", "=~", expression))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "a{2}, aa",
    "a{, 'a{'",
    "a{2, 'a{2'",
    "'[{]{2}', '{{'",
    "'[]a]{2}', ']a'",
    "'[[:alpha:]]{3}', abc",
    "'\\p{Greek}', α",
    "'\\x{61}', a",
    "'\\Qa{9}\\E', 'a{9}'",
    "'(?P<n>web)-\\d+', web-17",
  })
  void takesOrdinaryExpressions(String expression, String value) {
    assertThat(Matcher.of("x", "=~", expression).matches(Map.of("x", value))).isTrue();
  }

  @Test
  void hasNoLookaheadsAndBackreferencesWhichAreNotLinear() {
    assertThatIllegalArgumentException().isThrownBy(() -> Matcher.of("x", "=~", "(?=a)"));
    assertThatIllegalArgumentException().isThrownBy(() -> Matcher.of("x", "=~", "(a)\\1"));
  }
}
