package io.alertcap.foundation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamespacePatternTest {

  @ParameterizedTest
  @CsvSource({
    "shop, shop, true",
    "shop, shops, false",
    "*, shop, true",
    "team-*, team-a, true",
    "team-*, team-, true",
    "team-*, team, false",
    "*-prod, a-prod-prod, true",
    "*-prod, a-prod-x, false",
    "a*b*c, a-b-b-c, true",
    "a*b*c, a-c-b, false",
    "**, x, true",
  })
  void comparesNamespacesWithGlobs(String glob, String namespace, boolean matches) {
    assertThat(new NamespacePattern(glob).matches(namespace)).isEqualTo(matches);
  }

  @Test
  @Timeout(5)
  void comparesWithoutBacktrackingOverAllStars() {
    assertThat(new NamespacePattern("a*".repeat(31)).matches("a".repeat(30) + "b")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Team", "a?", "a_b"})
  void refusesWhatIsNoNamespace(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamespacePattern(text))
        .withMessageContaining("the name of a namespace");
  }
}
