package io.alertcap.acceptance.alerting;

import static org.awaitility.Awaitility.await;

import io.alertcap.acceptance.Daemon;
import io.alertcap.acceptance.Http;
import io.alertcap.acceptance.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Debian's Prometheus with the shipped rules, and two of Debian's Alertmanagers with the shipped
 * route. The two do not know of each other, as if the network between them were cut: each sends
 * everything itself.
 */
final class Alerting implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);

  private final Path directory;
  private final List<Daemon> running = new ArrayList<>();

  /** Nothing runs yet. */
  Alerting(Path directory) {
    this.directory = directory;
  }

  /**
   * Starts all three; blocks until they are ready.
   *
   * @param exporter port of what is scraped
   * @param webhook in place of the shipped route's
   * @param token in place of the shipped route's
   */
  void start(int exporter, URI webhook, Path token) {
    String route =
        Repository.text(Repository.path("deploy/prometheus/alertmanager.yaml"))
            .replaceFirst("url: .*", "url: " + webhook)
            .replaceFirst("credentials_file: .*", "credentials_file: " + token);
    int one = alertmanager("one", route);
    int other = alertmanager("other", route);
    prometheus(exporter, one, other);
  }

  private int alertmanager(String name, String configuration) {
    int port = Daemon.freePort();
    run(
        name,
        port,
        "prometheus-alertmanager",
        "--config.file=" + write("alertmanager-" + name + ".yaml", configuration),
        "--storage.path=" + directory.resolve("alertmanager-" + name),
        "--web.listen-address=127.0.0.1:" + port,
        "--cluster.listen-address=");
    return port;
  }

  private void prometheus(int exporter, int one, int other) {
    int port = Daemon.freePort();
    String configuration =
        """
        global: { scrape_interval: 1s, evaluation_interval: 1s }
        rule_files: ['%s']
        alerting:
          alertmanagers:
            - static_configs: [{ targets: ['127.0.0.1:%d', '127.0.0.1:%d'] }]
        scrape_configs:
          - job_name: coredns
            static_configs:
              - targets: ['127.0.0.1:%d']
                labels: { namespace: kube-system, pod: coredns-1 }
        """
            .formatted(
                Repository.path("deploy/prometheus/coredns.rules.yaml"), one, other, exporter);
    run(
        "prometheus",
        port,
        "prometheus",
        "--config.file=" + write("prometheus.yaml", configuration),
        "--storage.tsdb.path=" + directory.resolve("prometheus"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  private void run(String name, int port, String... command) {
    Daemon daemon = Daemon.start(directory.resolve(name + ".log"), List.of(command));
    running.add(daemon);
    URI ready = URI.create("http://127.0.0.1:" + port + "/-/ready");
    await(name).atMost(START).ignoreExceptions().until(() -> Http.get(ready).statusCode() == 200);
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    running.reversed().forEach(Daemon::close);
  }
}
