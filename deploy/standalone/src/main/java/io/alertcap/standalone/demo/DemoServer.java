package io.alertcap.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The demo's DNS server, while it starts. */
final class DemoServer {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /** Port 53, as the kernel writes it after the address in {@code /proc/PID/net/udp}. */
  private static final String DNS_PORT = ":0035";

  private DemoServer() {}

  /**
   * Blocks until the server listens.
   *
   * @param server alone in its network namespace
   * @throws DemoFailed if it ends, with what it said, or does not come to listen; it is ended then
   */
  static void await(Process server) throws DemoFailed, InterruptedException {
    long begun = System.nanoTime();
    boolean listens = false;
    try {
      while (!listens) {
        if (server.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new DemoFailed(
              "the demo's DNS server (dnsmasq) ended with status %d: %s"
                  .formatted(server.exitValue(), Commands.output(server).strip()));
        }
        listens = listens(server.pid());
        if (!listens && System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw new DemoFailed(
              "the demo's DNS server (dnsmasq) does not listen after %d s"
                  .formatted(PATIENCE.toSeconds()));
        }
      }
    } finally {
      if (!listens) {
        server.destroyForcibly();
      }
    }
  }

  private static boolean listens(long pid) {
    Path sockets = Path.of("/proc", Long.toString(pid), "net", "udp");
    try (Stream<String> lines = Files.lines(sockets)) {
      return lines.skip(1).anyMatch(line -> line.strip().split("\\s+", 3)[1].endsWith(DNS_PORT));
    } catch (IOException e) {
      return false; // it has just ended, which the next look tells
    }
  }
}
