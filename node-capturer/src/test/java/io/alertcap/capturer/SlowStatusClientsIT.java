package io.alertcap.capturer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.fixture.CapturerJvm;
import io.alertcap.capturer.fixture.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of the status port that never end their request, and clients that are too many. In a JVM
 * of its own, since the server reads its limits once in each; with neither Kafka nor a store, which
 * is nothing to {@code /livez}.
 */
@Timeout(90)
class SlowStatusClientsIT {

  private static final int CONNECTIONS = 64;

  @TempDir Path directory;

  private CapturerJvm capturers;
  private int port;

  @BeforeEach
  void start() throws IOException {
    port = freePort();
    capturers = new CapturerJvm(directory);
    var unused = capturers.start(config());
    awaitAlive();
  }

  @AfterEach
  void close() {
    capturers.close();
  }

  @Test
  void keepNobodyFromAskingAndAreClosed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        slow.add(connect("GET /livez HTTP/1.1\r\nX-Slow: "));
      }

      assertThat(Outside.get(port, "/livez").statusCode()).isEqualTo(200);
      for (Socket each : slow) {
        assertThat(each.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      close(slow);
    }
  }

  @Test
  void areNoMoreThanTheLimit() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        silent.add(connect(""));
      }
      try (Socket another = connect("")) {
        assertThat(another.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      close(silent);
    }
    awaitAlive();
  }

  private void awaitAlive() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> Outside.get(port, "/livez").statusCode() == 200);
  }

  private Path config() throws IOException {
    return Files.writeString(
        directory.resolve("capturer.yaml"),
        """
        node: {name: worker-1}
        kafka: {bootstrapServers: "127.0.0.1:1"}
        s3: {endpoint: "http://127.0.0.1:1", bucket: captures, accessKey: nobody, secretKey: none}
        spool: {directory: %s, minFree: 1MiB}
        http: {host: 127.0.0.1, port: %d}
        """
            .formatted(directory.resolve("spool"), port));
  }

  private Socket connect(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
