package io.alertcap.trigger.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.testing.KafkaExtension;
import io.alertcap.trigger.TestConfig;
import io.alertcap.trigger.TriggerService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with a kubeconfig, a server with objects of a real cluster, and a broker. */
@Timeout(90)
final class KubernetesIT {

  private static final String ALERT =
      """
      { "version": "4", "groupKey": "{}", "status": "firing", "receiver": "alertcap",
        "alerts": [ { "status": "firing", "startsAt": "2026-11-22T12:00:00Z",
          "fingerprint": "0123456789abcdef", "annotations": {},
          "labels": { "alertname": "DnsSlow", "namespace": "kube-system",
            "deployment": "coredns" } } ] }
      """;

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path directory;

  @Test
  void capturesThePodsOfADeployment() throws Exception {
    try (ApiServer server = ApiServer.withFixtures();
        TriggerService service = TriggerService.start(TestConfig.read(config(server)));
        HttpClient http = HttpClient.newHttpClient()) {
      await().atMost(Duration.ofSeconds(30)).until(() -> service.ready().passing());

      HttpResponse<String> answer = post(http, service.uri().resolve("/api/v1/alerts"));

      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body())
          .contains("coredns-89fc6475d-8hctz", "coredns-89fc6475d-nkdbt", "\"suppressed\":[]");
      assertThat(service.ready().checks()).containsEntry("catalog", "ready");
    }
  }

  private static HttpResponse<String> post(HttpClient http, URI uri)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ALERT))
            .build(),
        BodyHandlers.ofString());
  }

  private Path config(ApiServer server) throws IOException {
    Path kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: lab
            clusters: [{ name: lab, cluster: { server: "%s" } }]
            contexts: [{ name: lab, context: { cluster: lab, user: me } }]
            users: [{ name: me, user: { token: none } }]
            """
                .formatted(server.server().url("/")));
    return Files.writeString(
        directory.resolve("trigger.yaml"),
        """
        http: { port: 0 }
        kafka: { bootstrapServers: "%s", createTopics: true,
          commandsTopic: kubernetes.commands, eventsTopic: kubernetes.events }
        s3: { bucket: captures }
        record: { directory: %s }
        catalog: { type: kubernetes, kubeconfig: %s }
        rules:
          - name: dns
            match: [alertname=DnsSlow]
            target: { from: [pod, workload] }
        """
            .formatted(kafka.bootstrapServers(), directory.resolve("record"), kubeconfig));
  }
}
