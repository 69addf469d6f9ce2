package io.alertcap.trigger;

import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RulesMainTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path config = Path.of("");
  private Path alert = Path.of("");

  @BeforeEach
  void writes() throws IOException {
    config = TestConfig.write(directory, "h:1", URI.create("http://h:2"), "bucket", "k", "s");
    alert = Files.write(directory.resolve("alert.json"), recorded("single-firing.json"));
  }

  private int check(Object... arguments) {
    CommandLine command = RulesMain.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] line = new String[arguments.length + 1];
    line[0] = "check";
    for (int i = 0; i < arguments.length; i++) {
      line[i + 1] = arguments[i].toString();
    }
    return command.execute(line);
  }

  @Test
  void saysThatRulesAreValid() {
    assertThat(check("--config", config)).isZero();
    assertThat(out).hasToString("1 rules, 1 of them enabled" + System.lineSeparator());
  }

  @Test
  void listsEveryMistakeWithItsPlace() throws Exception {
    Files.writeString(
        config, "rules: [{ name: A, match: ['a=~\"(\"'] }]\npolicy: { allowPods: 1 }\n");

    assertThat(check("--config", config)).isEqualTo(1);
    assertThat(err.toString())
        .contains("trigger.yaml:1: rules[0].match[0]")
        .contains("trigger.yaml:2: policy.allowPods: unknown key");
  }

  @Test
  void saysWhatWouldBeCaptured() {
    assertThat(check("--config", config, "--alert", alert)).isZero();
    assertThat(out.toString())
        .contains(
            "alert 376a0fe13124867f, rule coredns-latency: captures"
                + " kube-system/coredns-85578f88b8-n2t6g on node1: port 53");
  }

  @Test
  void saysRuleByRuleWhyNothingWouldBeCaptured() throws Exception {
    Files.writeString(
        config,
        Files.readString(config).replace("CoreDNSLatencyHigh", "Other")
            + "  - { name: denied, match: [severity=~.+] }\n"
            + "  - { name: asleep, match: [severity=~.+], enabled: false }\n"
            + "policy: { deniedNamespaces: [kube-system] }\n");

    assertThat(check("--config", config, "--alert", alert)).isEqualTo(3);
    assertThat(out.toString())
        .contains("rule coredns-latency: does not match: \"alertname\"=\"Other\"")
        .contains(
            "rule denied: policy kube-system/coredns-85578f88b8-n2t6g: policy.deniedNamespaces")
        .contains("rule asleep: is not enabled");
  }

  /** kube-state-metrics that is scraped without honorLabels: its own pod is in {@code pod}. */
  @Test
  void takesThePodThatAnAlertIsAboutAndNotTheExporter() throws Exception {
    Files.writeString(
        directory.resolve("targets.yaml"),
        """
        - { namespace: shop, pod: web-0, node: n1, hostNetwork: true }
        - { namespace: monitoring, pod: kube-state-metrics-0, node: n1, hostNetwork: true, podIp: 10.0.0.9 }
        """);
    String exported =
        Files.readString(alert)
            .replaceFirst(
                "\"labels\": *\\{[^}]*\\}",
                "\"labels\": {\"alertname\": \"CoreDNSLatencyHigh\", \"namespace\": \"monitoring\","
                    + " \"pod\": \"kube-state-metrics-0\", \"instance\": \"10.0.0.9:8080\","
                    + " \"exported_namespace\": \"shop\", \"exported_pod\": \"web-0\"}");
    Files.writeString(
        config, Files.readString(config).replace("from: [pod]", "from: [pod, instance]"));
    Files.writeString(alert, exported);

    assertThat(check("--config", config, "--alert", alert)).isZero();
    assertThat(out.toString()).contains("captures shop/web-0 on n1");

    Files.writeString(alert, exported.replace("web-0", "gone"));
    assertThat(check("--config", config, "--alert", alert)).isEqualTo(3);
    assertThat(out.toString())
        .contains("namespace shop has no pod gone; instance: the alert lacks the label")
        .doesNotContain("captures monitoring");
  }

  @Test
  void needsPodsForAnAlertWhereTheCatalogIsACluster() throws Exception {
    Files.writeString(
        config,
        Files.readString(config).replaceAll("catalog: .*", "catalog: { type: kubernetes }"));

    assertThat(check("--config", config)).isZero();
    assertThat(check("--config", config, "--alert", alert)).isEqualTo(2);
    assertThat(
            check(
                "--config",
                config,
                "--alert",
                alert,
                "--catalog",
                directory.resolve("targets.yaml"),
                "--output",
                "json"))
        .isZero();
    assertThat(out.toString()).contains("\"captures\" : true");
  }

  @Test
  void refusesABodyThatIsNoWebhook() throws Exception {
    Files.writeString(alert, "{}");

    assertThat(check("--config", config, "--alert", alert)).isEqualTo(1);
    assertThat(err.toString()).contains("version is missing");
  }
}
