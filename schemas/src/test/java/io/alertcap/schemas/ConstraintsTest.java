package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintsTest {

  private static final String LABEL_OF_63 = "a".repeat(63);
  private static final String NAME_OF_253 = "a.".repeat(126) + "a";

  @ParameterizedTest
  @MethodSource("names")
  void acceptsNamesThatKubernetesAccepts(String name) {
    assertThat(Constraints.DNS_SUBDOMAIN.matcher(name).matches()).isTrue();
  }

  static Stream<String> names() {
    return Stream.of(
        "a",
        "1",
        "a.b",
        "a--b",
        "1.2.3",
        "coredns-85578f88b8-n2t6g",
        "ip-10-0-0-1.eu-west-1.compute.internal",
        LABEL_OF_63 + "." + LABEL_OF_63,
        "a".repeat(253),
        NAME_OF_253);
  }

  @ParameterizedTest
  @MethodSource("noNames")
  void refusesNamesThatKubernetesRefuses(String name) {
    assertThat(Constraints.DNS_SUBDOMAIN.matcher(name).matches()).isFalse();
    assertThat(Constraints.DNS_LABEL.matcher(name).matches()).isFalse();
  }

  static Stream<String> noNames() {
    return Stream.of(
        "",
        ".",
        "-",
        "a.",
        ".a",
        "-a",
        "a-",
        "a..b",
        "a-.b",
        "a.-b",
        "a.b-",
        "A",
        "a_b",
        "a b",
        "a/b",
        "..",
        "../a",
        "a\n",
        "a\0",
        "é",
        "١",
        "a".repeat(254),
        NAME_OF_253 + "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1", "a-b", "a--b", "kube-system"})
  void acceptsLabels(String label) {
    assertThat(Constraints.DNS_LABEL.matcher(label).matches()).isTrue();
  }

  @Test
  void aLabelHasNoDotAndAtMost63Characters() {
    assertThat(Constraints.DNS_LABEL.matcher(LABEL_OF_63).matches()).isTrue();
    assertThat(Constraints.DNS_LABEL.matcher(LABEL_OF_63 + "a").matches()).isFalse();
    assertThat(Constraints.DNS_LABEL.matcher("a.b").matches()).isFalse();
  }

  /** Each attack is a megabyte; what is not linear would take hours, or the stack. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "a-", "a.", "-", ".", "a-.", "a..", "a\n"})
  @Timeout(10)
  void hostileNamesTakeNoTime(String attack) {
    String text = attack.repeat(1_000_000 / attack.length());
    for (Pattern pattern : new Pattern[] {Constraints.DNS_SUBDOMAIN, Constraints.DNS_LABEL}) {
      assertThat(pattern.matcher(text).matches()).isFalse();
      assertThat(pattern.matcher(text + "!").matches()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eth0",
        "any",
        "auto",
        "eth0.100",
        "br-3f9a",
        "veth@if7",
        "eth0,net1",
        "anything,automatic",
        "...",
        "aaaaaaaaaaaaaaa"
      })
  void acceptsInterfaces(String name) {
    assertThatNoException().isThrownBy(() -> Constraints.networkInterfaces(name, "interface"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "../a",
        "eth0:1",
        "a b",
        "a\n",
        "é",
        "aaaaaaaaaaaaaaaa",
        ",",
        "eth0,",
        ",eth0",
        "eth0,,eth1",
        "eth0,..",
        "any,eth0",
        "eth0,auto",
        "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16"
      })
  void refusesInterfaces(String name) {
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(() -> Constraints.networkInterfaces(name, "interface"));
  }

  @Test
  void countsCharactersAsPeopleAndJsonSchemaDo() {
    assertThatNoException().isThrownBy(() -> Constraints.atMost("😀😀", 2, "field"));
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(() -> Constraints.atMost("😀😀😀", 2, "field"))
        .withMessage("must have at most 2 characters")
        .satisfies(e -> assertThat(e.field()).isEqualTo("field"));
  }

  @Test
  void mapsAreCopiedInTheirOrderAndBounded() {
    Map<String, String> given = new HashMap<>(Map.of("a", "b"));
    Map<String, String> copy = Constraints.bounded(given, 1, 1, "labels");
    given.put("c", "d");

    assertThat(copy).containsExactly(Map.entry("a", "b"));
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(copy::clear);
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(() -> Constraints.bounded(given, 1, 1, "labels"));
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(() -> Constraints.bounded(Map.of("a", "bb"), 1, 1, "labels"));
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(() -> Constraints.bounded(Map.of("aa", "b"), 1, 1, "labels"));
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(() -> Constraints.bounded(Collections.singletonMap("a", null), 1, 1, "labels"))
        .satisfies(e -> assertThat(e.field()).isEqualTo("labels.a"));
  }
}
