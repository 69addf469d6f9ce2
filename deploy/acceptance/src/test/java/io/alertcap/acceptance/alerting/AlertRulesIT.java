package io.alertcap.acceptance.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.acceptance.Programs;
import io.alertcap.acceptance.Repository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus' and Alertmanager's own opinions of what is in {@code deploy/prometheus}. */
class AlertRulesIT {

  static List<Path> rules() {
    return Repository.files("deploy/prometheus", ".rules.yaml");
  }

  static List<Path> tests() {
    return Repository.files("deploy/prometheus", ".test.yaml");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void areRulesWithoutAFault(Path file) {
    Programs.need("promtool", "prometheus");
    assertThat(Programs.output("promtool", "check", "rules", "--lint-fatal", file.toString()))
        .contains("SUCCESS");
  }

  @ParameterizedTest
  @MethodSource("tests")
  void fireWhenTheyShouldAndOnlyThen(Path file) {
    Programs.need("promtool", "prometheus");
    assertThat(Programs.output("promtool", "test", "rules", file.toString())).contains("SUCCESS");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void haveATestEach(Path file) {
    String tests = Repository.text(Path.of(file.toString().replace(".rules.", ".test.")));

    assertThat(AlertRules.of(file).alerts())
        .isNotEmpty()
        .allSatisfy(alert -> assertThat(tests).contains(alert));
  }

  @Test
  void areRoutedByAlertmanager() {
    Programs.need("amtool", "prometheus-alertmanager");
    String config = Repository.path("deploy/prometheus/alertmanager.yaml").toString();

    assertThat(Programs.output("amtool", "check-config", config)).contains("SUCCESS");
    assertThat(receivers(config, "alertname=CoreDNSLatencyHigh")).isEqualTo("alertcap,people");
    assertThat(receivers(config, "alertname=AlertcapNotReady")).isEqualTo("people");
  }

  private static String receivers(String config, String label) {
    return Programs.output("amtool", "config", "routes", "test", "--config.file", config, label)
        .strip()
        .replaceFirst("(?s).*\n", ""); // a warning that the file is one
  }
}
