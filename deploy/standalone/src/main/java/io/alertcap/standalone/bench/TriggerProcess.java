package io.alertcap.standalone.bench;

import io.alertcap.trigger.Main;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The trigger service in a process of its own, with the heap that it is to make do with. */
final class TriggerProcess implements AutoCloseable {

  /** As shipped: deploy/images/trigger.jvm. */
  static final String HEAP = "-Xmx192m";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int END_SECONDS = 20;
  private static final int OK = 200;
  private static final int POLL_MILLIS = 20;

  /** What it prints once it listens, ready or not. */
  private static final Pattern LISTENS = Pattern.compile(".*ready.*: trigger (\\S+).*");

  /** A first start with a million captures reads 17 GB. */
  private static final Duration READY_PATIENCE = Duration.ofMinutes(40);

  private final Process process;
  private final URI uri;
  private final HttpClient client = HttpClient.newHttpClient();
  private Duration start = Duration.ZERO;

  private TriggerProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Starts it, and blocks until it is ready. */
  static TriggerProcess start(Path directory, String bootstrapServers, int partitions, String pods)
      throws BenchFailed, InterruptedException {
    try {
      Files.createDirectories(directory);
      Path targets = Files.writeString(directory.resolve("targets.yaml"), pods);
      Path config =
          Files.writeString(
              directory.resolve("trigger.yaml"),
              """
              http: { port: 0 }
              kafka: { bootstrapServers: "%s", createTopics: true, partitions: %d }
              s3: { endpoint: "http://127.0.0.1:9", bucket: bench, accessKey: none, secretKey: none }
              record: { directory: "%s" }
              catalog: { type: static, file: "%s" }
              rules:
                - { name: %s, match: [alertname=DNSLatencyHigh], target: { from: [pod] },
                    capture: { filter: port 53 } }
              """
                  .formatted(
                      bootstrapServers,
                      partitions,
                      directory.resolve("record"),
                      targets,
                      Fleet.RULE));
      return start(directory, config);
    } catch (IOException e) {
      throw new BenchFailed("The trigger service does not start: " + e.getMessage(), e);
    }
  }

  private static TriggerProcess start(Path directory, Path config)
      throws IOException, BenchFailed, InterruptedException {
    long before = System.nanoTime();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    HEAP,
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "--config",
                    config.toString()))
            .redirectError(Redirect.to(directory.resolve("trigger.log").toFile()))
            .start();
    String line = process.inputReader().readLine();
    Matcher listens = LISTENS.matcher(line == null ? "" : line);
    if (!listens.matches()) {
      process.destroy();
      throw new BenchFailed(
          "The trigger service does not start: "
              + Files.readString(directory.resolve("trigger.log")));
    }
    TriggerProcess trigger = new TriggerProcess(process, URI.create(listens.group(1)));
    trigger.awaitReady(before);
    return trigger;
  }

  private void awaitReady(long before) throws BenchFailed, InterruptedException {
    while (send(HttpRequest.newBuilder(uri.resolve("/readyz"))).statusCode() != OK) {
      if (System.nanoTime() - before > READY_PATIENCE.toNanos()) {
        String report = get("/readyz");
        close();
        throw new BenchFailed("The trigger service is not ready: " + report);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    start = Duration.ofNanos(System.nanoTime() - before);
  }

  /** From the start of its process until it was ready. */
  Duration start() {
    return start;
  }

  HttpResponse<String> post(byte[] webhook) throws BenchFailed, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri.resolve("/api/v1/alerts"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(webhook)));
  }

  String get(String path) throws BenchFailed, InterruptedException {
    return send(HttpRequest.newBuilder(uri.resolve(path))).body();
  }

  /** What its heap held after it was last cleaned, in MiB. */
  double liveHeapMebibytes() throws BenchFailed, InterruptedException {
    return get("/metrics")
            .lines()
            .filter(line -> line.startsWith("jvm_gc_live_data_size_bytes"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum()
        / (1 << 20);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws BenchFailed, InterruptedException {
    try {
      return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new BenchFailed("The trigger service does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
