package io.alertcap.trigger.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelSelectorTest {

  private static final Map<String, String> POD =
      Map.of("k8s-app", "kube-dns", "tier", "a", "empty", "", "example.org/zone", "eu-1");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "k8s-app=kube-dns; true",
        "k8s-app==kube-dns; true",
        "k8s-app = kube-dns; true",
        "k8s-app=coredns; false",
        "k8s-app!=kube-dns; false",
        "k8s-app != coredns; true",
        "absent!=x; true",
        "absent=x; false",
        "absent=; false",
        "empty=; true",
        "empty!=; false",
        "tier in (a,b); true",
        "tier in ( b , c ); false",
        "tier in(a); true",
        "tier notin (b,c); true",
        "tier notin (a); false",
        "absent notin (a); true",
        "absent in (a); false",
        "tier; true",
        "!tier; false",
        "absent; false",
        "!absent; true",
        "! absent; true",
        "in; false",
        "example.org/zone=eu-1; true",
        "k8s-app=kube-dns,tier in (a,b),!absent; true",
        "k8s-app=kube-dns , tier=b; false",
      })
  void selectsAsKubernetesDoes(String selector, boolean matches) {
    assertThat(LabelSelector.parse(selector).matches(POD)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "k8s-app=kube-dns; k8s-app in (kube-dns)",
        "b in (y,x),!c , d; b in (x,y),!c,d",
        "a!=1; a notin (1)",
      })
  void writesWhatItReads(String selector, String written) {
    assertThat(LabelSelector.parse(selector)).hasToString(written);
    assertThat(LabelSelector.parse(written)).isEqualTo(LabelSelector.parse(selector));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "a,",
        "a=b,,c",
        "=b",
        "a=b=c",
        "a b",
        "a in",
        "a in b",
        "a in (b",
        "a in b)",
        "a in (b))",
        "a>1",
        "a<1",
        "a=~b",
        "a=b c",
        "-a=b",
        "a=-b",
        "a=\"b\"",
        "a in (b,(c))",
        "UPPER.org/a/b=c",
        "!!a",
        "!a=b",
        "a=b;c",
        "a notin ()b",
      })
  void refusesWhatIsNoSelector(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(text));
  }
}
