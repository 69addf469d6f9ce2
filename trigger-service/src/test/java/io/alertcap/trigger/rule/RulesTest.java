package io.alertcap.trigger.rule;

import static io.alertcap.foundation.config.ConfigurationSource.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.trigger.target.LabelSelector;
import io.alertcap.trigger.target.TargetKind;
import io.alertcap.trigger.target.TargetLabels;
import io.alertcap.trigger.target.TargetSelection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RulesTest {

  @Test
  void readsARuleAsTheContractWritesIt() {
    Rule rule =
        onlyRule(
            """
            rules:
              - name: coredns-latency
                match: ['alertname="CoreDNSLatencyHigh"', 'severity=~"warning|critical"']
                target:
                  from: [pod, instance, selector]
                  namespace: kube-system
                  selector: k8s-app=kube-dns
                  maxTargets: 5
                capture: { filter: 'port 53', interface: any, duration: 30s, maxBytes: 10MiB,
                           maxPackets: 1000, snaplen: 256 }
                cooldown: 10m
                expireAfter: 30s
            """);

    assertThat(rule.name()).isEqualTo("coredns-latency");
    assertThat(rule.enabled()).isTrue();
    assertThat(rule.matchers())
        .extracting(Matcher::toString)
        .containsExactly(
            "\"alertname\"=\"CoreDNSLatencyHigh\"", "\"severity\"=~\"warning|critical\"");
    assertThat(rule.target())
        .isEqualTo(
            new TargetSelection(
                List.of(TargetKind.POD, TargetKind.INSTANCE, TargetKind.SELECTOR),
                Optional.of("kube-system"),
                Optional.of(LabelSelector.parse("k8s-app=kube-dns")),
                TargetLabels.STANDARD,
                Optional.empty(),
                List.of(),
                5));
    assertThat(rule.capture())
        .isEqualTo(
            new CaptureSpec(
                "port 53", "any", Duration.ofSeconds(30), DataSize.ofMebibytes(10), 1000, 256));
    assertThat(rule.cooldown()).isEqualTo(Duration.ofMinutes(10));
    assertThat(rule.expireAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void takesFromTheSharedDefaultsWhatItDoesNotSayItself() {
    Rules rules =
        text(
                "config.yaml",
                """
                ruleDefaults:
                  capture: { duration: 30s, payload: headers }
                  stopOnResolve: true
                  cooldown: 1h
                rules:
                  - { name: terse, match: [a=b] }
                  - { name: own, match: [a=b], capture: { duration: 5s }, cooldown: 1m,
                      stopOnResolve: false }
                """)
            .read(Rules::from)
            .settings();

    Rule terse = rules.all().getFirst();
    assertThat(terse.capture().duration()).isEqualTo(Duration.ofSeconds(30));
    assertThat(terse.capture().payload()).contains(PayloadProfile.HEADERS);
    assertThat(terse.stopOnResolve()).isTrue();
    assertThat(terse.cooldown()).isEqualTo(Duration.ofHours(1));
    assertThat(terse.expireAfter()).isEqualTo(Duration.ofMinutes(2));
    Rule own = rules.all().getLast();
    assertThat(own.capture().duration()).isEqualTo(Duration.ofSeconds(5));
    assertThat(own.capture().payload()).contains(PayloadProfile.HEADERS);
    assertThat(own.stopOnResolve()).isFalse();
    assertThat(own.cooldown()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void namesMistakesInTheDefaultsAndInTheRulesAtOnce() {
    InvalidConfiguration invalid =
        catchThrowableOfType(
            InvalidConfiguration.class,
            () ->
                text(
                        "config.yaml",
                        """
                        ruleDefaults: { cooldown: 31d, capture: { snaplen: 1 } }
                        rules:
                          - { name: A, match: [a=b], budget: { perHour: 0 } }
                        """)
                    .read(Rules::from));

    assertThat(invalid.problems())
        .anySatisfy(problem -> assertThat(problem).contains("ruleDefaults.capture.snaplen"))
        .anySatisfy(problem -> assertThat(problem).contains("rules[0].budget.perHour"));
  }

  @Test
  void needsANameAndAMatcherOnly() {
    Rule rule = onlyRule("rules: [{ name: any, match: ['alertname!=\"\"'] }]");

    assertThat(rule.target())
        .isEqualTo(
            new TargetSelection(
                List.of(TargetKind.POD, TargetKind.INSTANCE),
                Optional.empty(),
                Optional.empty(),
                TargetLabels.STANDARD,
                Optional.empty(),
                List.of(),
                3));
    assertThat(rule.capture())
        .isEqualTo(
            new CaptureSpec(
                "", "auto", Duration.ofSeconds(60), DataSize.ofMebibytes(100), 0, 262_144));
    assertThat(rule.cooldown()).isEqualTo(Duration.ofMinutes(15));
    assertThat(rule.expireAfter()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aSelectorIsTriedLastWhereTheOrderIsNotGiven() {
    Rule rule = onlyRule("rules: [{ name: a, match: [b=c], target: { selector: d } }]");

    assertThat(rule.target().from())
        .containsExactly(TargetKind.POD, TargetKind.INSTANCE, TargetKind.SELECTOR);
  }

  @Test
  void everyMatchingRuleAppliesInTheOrderOfTheFile() {
    Rules rules =
        rules(
            """
            rules:
              - { name: second-letter, match: ['severity=~".a.*"'] }
              - { name: off, enabled: false, match: [severity=warning] }
              - { name: both, match: ['{severity=warning,team=""}'] }
              - { name: one-of-two, match: [severity=warning, team=dns] }
            """);

    assertThat(rules.matching(alert(Map.of("severity", "warning"))))
        .extracting(Rule::name)
        .containsExactly("second-letter", "both");
    assertThat(rules.matching(alert(Map.of("severity", "none")))).isEmpty();
  }

  @Test
  void noRulesAreAllowed() {
    assertThat(rules("rules: []").all()).isEmpty();
    assertThat(rules("").all()).isEmpty();
  }

  @Test
  void namesThreeErrorsOnThreeLines() {
    assertThat(
            problems(
                """
                rules:
                  - name: coredns-latency
                    match:
                      - alertname="CoreDNSLatencyHigh"
                      - severity=~"warning|critical
                    capture:
                      filter: port 53
                      duration: 60
                  - name: coredns-latency
                    match: [a=b]
                """))
        .containsExactly(
            "rules.yaml:5: rules[0].match[1]: column 11: the closing quote is missing",
            "rules.yaml:8: rules[0].capture.duration: must be a duration such as 60s, 15m, 1h30m"
                + " or 250ms",
            "rules.yaml:9: rules[1].name: is the name of another rule above");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "match: [a=b]                                  | rules[0].name: is missing",
        "{ name: Dns, match: [a=b] }                   | rules[0].name: must be a DNS label",
        "{ name: a/../b, match: [a=b] }                | rules[0].name: must be a DNS label",
        "{ name: manual, match: [a=b] }                | rules[0].name: must not be \"manual\"",
        "{ name: a }                                   | rules[0].match: is missing",
        "{ name: a, match: [] }                        | rules[0].match: must have at least one",
        "{ name: a, match: ['{}'] }                    | rules[0].match: must have at least one",
        "{ name: a, match: a=b }                       | rules[0].match: must be a list",
        "{ name: a, match: [a=b], cooldown: -1s }      | rules[0].cooldown: must be a duration",
        "{ name: a, match: [a=b], cooldown: 31d }      | rules[0].cooldown: must be from 0s to",
        "{ name: a, match: [a=b], expireAfter: 0s }    | rules[0].expireAfter: must be from 1s",
        "{ name: a, match: [a=b], cooldwn: 1s }        | rules[0].cooldwn: unknown key; did you",
        "{ name: a, match: [a=b], target: { from: [] } }      | rules[0].target.from: must name",
        "{ name: a, match: [a=b], target: { from: [pods] } }  | rules[0].target.from[0]: must be one",
        "{ name: a, match: [a=b], target: { from: [pod, pod] } } | rules[0].target.from: must name",
        "{ name: a, match: [a=b], target: { from: [selector] } } | rules[0].target.selector: is missing",
        "{ name: a, match: [a=b], target: { from: [pod], selector: a } } | rules[0].target.selector: is given",
        "{ name: a, match: [a=b], target: { selector: 'a>1' } }  | rules[0].target.selector: 'a>1'",
        "{ name: a, match: [a=b], target: { namespace: A } }     | rules[0].target.namespace: must",
        "{ name: a, match: [a=b], target: { maxTargets: 0 } }    | rules[0].target.maxTargets: must",
        "{ name: a, match: [a=b], capture: { snaplen: 1 } }      | rules[0].capture.snaplen: must be",
        "{ name: a, match: [a=b], capture: { interface: a/b } }  | rules[0].capture.interface: must",
        "{ name: a, match: [a=b], capture: { duration: 25h } }   | rules[0].capture.duration: must",
        "{ name: a, match: [a=b], capture: { maxBytes: 1B } }    | rules[0].capture.maxBytes: must",
        "{ name: a, match: ['a=~\"(((x{999}){999}){999})\"'] }   | rules[0].match[0]: column 4: a reg",
      })
  void saysWhatIsWrongWithARule(String rule, String problem) {
    assertThat(problems("rules:\n  - " + rule + "\n"))
        .singleElement()
        .asString()
        .startsWith("rules.yaml:2: " + problem);
  }

  private static Rules rules(String yaml) {
    return text("rules.yaml", yaml).read(Rules::from).settings();
  }

  private static Rule onlyRule(String yaml) {
    return rules(yaml).all().getFirst();
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(InvalidConfiguration.class, () -> rules(yaml)).problems();
  }

  private static Alert alert(Map<String, String> labels) {
    return new Alert("A", "1f", "", Instant.EPOCH, labels, Map.of(), "");
  }
}
