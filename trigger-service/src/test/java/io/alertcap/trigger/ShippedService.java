package io.alertcap.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertcap.trigger.web.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The trigger service in a process of its own, with the heap that is shipped. */
final class ShippedService {

  /** As in deploy/images/trigger.jvm. */
  private static final List<String> JVM =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED");

  private final Process process;
  private final URI uri;
  private final Http http;

  private ShippedService(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
    this.http = new Http(uri);
  }

  /** Blocks until it listens, ready or not. */
  static ShippedService start(Path config) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(JVM);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--config",
            config.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(config.resolveSibling("err").toFile()).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = Objects.requireNonNull(out.readLine());
    Thread.ofVirtual().start(() -> out.lines().forEach(said -> {}));
    return new ShippedService(
        process, URI.create(line.replaceFirst(".*(http://[0-9.:]+).*", "$1")));
  }

  Http http() {
    return http;
  }

  int port() {
    return uri.getPort();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Of all series whose text begins so. */
  double metric(String series) throws IOException, InterruptedException {
    return http.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** The most memory that it has taken, in KiB. */
  long mostKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** Kills it, and blocks until it is gone. */
  void kill() throws InterruptedException {
    http.close();
    process.destroyForcibly().waitFor();
  }
}
