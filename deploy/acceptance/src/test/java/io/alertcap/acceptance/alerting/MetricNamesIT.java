package io.alertcap.acceptance.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.acceptance.Http;
import io.alertcap.acceptance.Repository;
import io.alertcap.acceptance.Services;
import io.alertcap.acceptance.Webhook;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What rules, dashboard and documentation call a metric is what the running services call it. */
class MetricNamesIT {

  /** Ours, and those of the libraries that we rely on; not the labels of {@code by (…)}. */
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:alertcap|jvm|process|system)_[a-z0-9_]+\\b");

  /**
   * There with a Kubernetes catalog, TLS, or a file to follow, or once there is something to count.
   */
  private static final Pattern NOT_HERE =
      Pattern.compile(
          "alertcap_(catalog|pod_events|rules|http_certificate|suppressed|capturer_enrichment)_?.*");

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();

  private static final String ALERT =
      Webhook.firing("CoreDNSLatencyHigh", "instance", "192.0.2.7:9153");

  private static final Set<String> served = new TreeSet<>();

  @BeforeAll
  static void scrapeBothServices(@TempDir Path scratch) throws IOException {
    try (Services services = Services.start(trigger(scratch), capturer(scratch))) {
      URI trigger = services.trigger().uri();
      assertThat(Http.post(trigger.resolve("/api/v1/alerts"), ALERT).statusCode()).isEqualTo(202);
      Stream.of(trigger, Services.status(services.capturer()))
          .flatMap(service -> Http.get(service.resolve("/metrics")).body().lines())
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.replaceFirst("[{ ].*", ""))
          .forEach(served::add);
    }
  }

  @Test
  void theRulesAboutAlertcapAskForMetricsThatAreThere() {
    assertThat(
            AlertRules.of(Repository.path("deploy/prometheus/alertcap.rules.yaml"))
                .expressions()
                .stream()
                .flatMap(MetricNamesIT::metrics)
                .filter(metric -> !NOT_HERE.matcher(metric).matches()))
        .isNotEmpty()
        .isSubsetOf(served);
  }

  @Test
  void theDashboardAsksForMetricsThatAreThere() {
    JsonNode dashboard =
        JsonMapper.shared().readTree(Repository.path("deploy/grafana/alertcap.json").toFile());
    assertThat(dashboard.findValuesAsString("expr").stream().flatMap(MetricNamesIT::metrics))
        .isNotEmpty()
        .isSubsetOf(served);
  }

  @Test
  void theDocumentationNamesMetricsThatAreThere() {
    String documented = Repository.text(Repository.path("docs/metrics.md"));
    assertThat(
            metrics(documented)
                .filter(metric -> metric.startsWith("alertcap_"))
                .filter(metric -> !NOT_HERE.matcher(metric).matches()))
        .isNotEmpty()
        .isSubsetOf(served.stream().flatMap(MetricNamesIT::withFamily).toList());
  }

  private static Stream<String> metrics(String text) {
    return METRIC.matcher(text).results().map(MatchResult::group);
  }

  /** A histogram is documented under the name that its parts have in common. */
  private static Stream<String> withFamily(String metric) {
    return Stream.of(metric, metric.replaceFirst("_(bucket|sum|count|max)$", ""));
  }

  private static String trigger(Path scratch) throws IOException {
    Path targets =
        Files.writeString(
            scratch.resolve("targets.yaml"),
            """
            - namespace: kube-system
              pod: coredns-1
              node: node-1
              podIp: 192.0.2.7
              containers: [{ name: coredns, netns: /run/netns/there-is-none }]
            """);
    return Services.connections(kafka, s3)
        + """
        http: { port: 0 }
        catalog: { type: static, file: %s }
        rules:
          - { name: dns, match: [alertname=CoreDNSLatencyHigh] }
        """
            .formatted(targets);
  }

  private static String capturer(Path scratch) {
    return Services.connections(kafka, s3)
        + """
        node: { name: node-1 }
        http: { host: 127.0.0.1, port: 0 }
        spool: { directory: %s, minFree: 1MiB }
        """
            .formatted(scratch.resolve("spool"));
  }
}
