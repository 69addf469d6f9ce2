package io.alertcap.foundation.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no configuration, by mistake or on purpose, end in a sentence with a line. */
class YamlParserTest {

  private static String refusal(byte[] yaml) {
    Malformed malformed = catchThrowableOfType(Malformed.class, () -> YamlParser.parse(yaml));
    return malformed.line() + ": " + malformed.problem();
  }

  private static String refusal(String yaml) {
    return refusal(yaml.getBytes(UTF_8));
  }

  @Test
  void refusesABillionLaughs() {
    String laughs =
        IntStream.range(1, 10)
            .mapToObj(i -> "l%d: &l%d [%s]\n".formatted(i, i, "*l" + (i - 1)))
            .collect(Collectors.joining());
    assertThat(YamlParser.parse(("l0: &l0 [lol]\n" + laughs).getBytes(UTF_8)).entries())
        .hasSize(10);

    String tenfold = laughs.replaceAll("\\[(\\*l\\d)]", "[$1,$1,$1,$1,$1,$1,$1,$1,$1,$1]");
    assertThat(refusal("l0: &l0 [lol]\n" + tenfold))
        .isEqualTo("6: stands for more than 100000 values once its aliases are written out");
  }

  @Test
  void refusesAnAliasWithinItself() {
    assertThat(refusal("a: 1\nb: &b [1, *b]\n"))
        .isEqualTo("2: *b refers to no &b that ends above it");
  }

  @Test
  void refusesFiveMegabytes() {
    assertThat(refusal(("x: " + "y".repeat(5 << 20)).getBytes(UTF_8)))
        .isEqualTo("0: is larger than 1 MiB, the most a configuration may be");
  }

  @ParameterizedTest
  @CsvSource({"'[',200", "'{a: ',200", "'- ',300000"})
  void refusesDeepNesting(String opening, int times) {
    assertThat(refusal("x:\n" + opening.repeat(times)))
        .isEqualTo("2: is nested deeper than 32 levels");
  }

  @Test
  void refusesAHalfMegabyteOfBrackets() {
    assertThat(refusal("x: " + "[".repeat(1 << 19)))
        .isEqualTo("1: is nested deeper than 32 levels");
  }

  @Test
  void refusesTabs() {
    assertThat(refusal("http:\n\tport: 8080\n"))
        .startsWith("2: is not valid YAML:")
        .contains("'\\t(TAB)' that cannot start any token");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThat(refusal("a: b\nname: müller\n".getBytes(ISO_8859_1)))
        .isEqualTo("2: is not UTF-8 text");
    assertThat(refusal("a: b".getBytes(UTF_16))).isEqualTo("1: is not UTF-8 text");
    assertThat(refusal("a: b\nc: \u0000\n"))
        .isEqualTo("2: holds a control character, which YAML does not allow");
  }

  @Test
  void takesAByteOrderMarkAndWindowsLines() {
    assertThat(YamlParser.parse("\uFEFFa: b\r\nc: d\r\n".getBytes(UTF_8)).entries())
        .containsOnlyKeys("a", "c");
  }

  @ParameterizedTest
  @MethodSource("notConfiguration")
  void refusesWhatIsNoConfiguration(String yaml, String refusal) {
    assertThat(refusal(yaml)).isEqualTo(refusal);
  }

  private static Stream<Arguments> notConfiguration() {
    return Stream.of(
        arguments("a: 1\nb: 2\na: 3\n", "3: \"a\" is already given on line 1"),
        arguments("a: 1\n---\nb: 2\n", "3: holds a second document; one file, one configuration"),
        arguments("- a\n- b\n", "1: holds no keys, only a list"),
        arguments("hello\n", "1: holds no keys, only a value"),
        arguments(
            "a: !!binary eA==", "1: tags such as tag:yaml.org,2002:binary are not understood here"),
        arguments("a: !java.net.URL [x]", "1: tags such as !java.net.URL are not understood here"),
        arguments("{a: 1, [b]: 2}", "1: a key must be a single word"),
        arguments("a: 1\n'': 2\n", "2: a key must be a single word"));
  }

  @Test
  void saysWhereTheYamlBreaks() {
    assertThat(refusal("http: {port: 1\nrules: []\n")).startsWith("2: is not valid YAML:");
    assertThat(refusal("a: \"open\n")).startsWith("2: is not valid YAML:");
  }
}
