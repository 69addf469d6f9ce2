package io.alertcap.trigger.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers who read nothing of their answers, where three of them fill what there is. */
@Timeout(30)
class SlowReadersTest extends HttpFrontFixture {

  private static final Duration PATIENT = Duration.ofSeconds(20);
  private final List<Socket> slow = new ArrayList<>();

  @AfterEach
  void closesSockets() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void theOneWhoHasReadNothingForTheLongestIsDisconnected() throws Exception {
    HttpFront patient =
        open(
            new HttpLimits(
                16, SHORT, PATIENT, PATIENT, PATIENT, PATIENT, 1500, 3L * LARGE + LARGE / 2));
    try {
      for (int i = 0; i < 3; i++) {
        ask(patient);
      }
      ask(patient);

      assertThat(length(slow.get(0))).as("the first").isLessThan(LARGE);
      for (int i = 1; i < 4; i++) {
        assertThat(length(slow.get(i))).as("number " + i).isGreaterThan(LARGE);
      }
    } finally {
      patient.close();
    }
  }

  /** Blocks until the answer is on its way. */
  private void ask(HttpFront server) throws IOException {
    double before = answers();
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    slow.add(socket);
    socket
        .getOutputStream()
        .write("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
    await().until(() -> answers() > before);
  }

  private double answers() {
    return meters.find("alertcap.http.requests").tag("route", "/large").timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  /** Of all that comes, headers included. */
  private static long length(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        length += read;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return length;
  }
}
