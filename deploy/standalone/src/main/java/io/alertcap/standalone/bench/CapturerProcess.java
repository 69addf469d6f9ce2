package io.alertcap.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A node capturer as a node runs it: a process of its own, started by the launcher. */
final class CapturerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
  private static final double KIBIBYTES_PER_MEBIBYTE = 1024;

  /** Who started the bench: the launcher, which says so in this property. */
  private static final String LAUNCHER = "alertcap.launcher";

  private final Process process;
  private final Duration untilReady;

  private CapturerProcess(Process process, Duration untilReady) {
    this.process = process;
    this.untilReady = untilReady;
  }

  /**
   * Starts one and blocks until it says that it is ready.
   *
   * @param port of its status server
   */
  static CapturerProcess start(Path configuration, int port, Map<String, String> environment)
      throws BenchFailed, InterruptedException {
    String launcher = System.getProperty(LAUNCHER, "./alertcap");
    long start = System.nanoTime();
    Process process =
        Programs.started(
            List.of(launcher, "capturer", "--config", configuration.toString()), environment);
    try {
      awaitReady(process, port, start + PATIENCE.toNanos());
      return new CapturerProcess(process, Duration.ofNanos(System.nanoTime() - start));
    } catch (BenchFailed | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** From the start of the launcher to the first answer that it is ready. */
  Duration untilReady() {
    return untilReady;
  }

  /** What of its memory is in RAM now, shared pages with it: {@code VmRSS} of proc(5). */
  double residentMebibytes() throws BenchFailed {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToDouble(kibibytes -> Long.parseLong(kibibytes) / KIBIBYTES_PER_MEBIBYTE)
          .findFirst()
          .orElseThrow(() -> new BenchFailed("The capturer has ended."));
    } catch (IOException e) {
      throw new BenchFailed("The capturer has ended.", e);
    }
  }

  /** The most that is in RAM while something goes on, looked at four times a second. */
  double mostMebibytes(Duration time) throws BenchFailed, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    double most = 0;
    while (System.nanoTime() - end < 0) {
      most = Math.max(most, residentMebibytes());
      TimeUnit.MILLISECONDS.sleep(250);
    }
    return most;
  }

  /** Ends it as an operator would, and blocks until it has ended; kills it after a minute. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException doesNotEnd) {
      process.destroyForcibly();
    }
  }

  private static void awaitReady(Process process, int port, long deadline)
      throws BenchFailed, InterruptedException {
    URI readyz = URI.create("http://127.0.0.1:" + port + "/readyz");
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isReady(http, readyz)) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          throw new BenchFailed("The capturer does not become ready: see " + readyz + ".");
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  private static boolean isReady(HttpClient http, URI readyz) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(readyz).timeout(PATIENCE).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notListeningYet) {
      return false;
    }
  }
}
