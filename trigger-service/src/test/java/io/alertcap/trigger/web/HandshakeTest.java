package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.AuthSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that connect to a front with TLS, and never come to speak HTTP. */
@Timeout(20)
class HandshakeTest {

  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** A record of a handshake that announces a hundred bytes. */
  private static final byte[] BEGINNING = {22, 3, 1, 0, 100, 1};

  @TempDir private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Certificates certificates;
  private TlsSettings tls;
  private HttpFront front;

  @BeforeEach
  void opens() throws Exception {
    certificates = new Certificates();
    tls =
        new TlsSettings(
            directory.resolve("cert.pem"), directory.resolve("key.pem"), Optional.empty());
    write("first");
    front =
        HttpFront.open(
            vertx,
            new HttpSettings(
                "127.0.0.1", 0, DataSize.ofKibibytes(1), new AuthSettings.Open(), Optional.of(tls)),
            new HttpLimits(
                8, Duration.ofMillis(300), PATIENT, PATIENT, PATIENT, PATIENT, 1500, 1 << 20),
            Duration.ofMillis(50),
            List.of(Route.open("/open", call -> Answer.text(200, "text/plain", "open"))),
            Clock.systemUTC(),
            meters,
            new Health());
  }

  @AfterEach
  void closes() {
    front.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void closesAConnectionThatSaysNothing() throws Exception {
    assertThat(answerTo()).isEqualTo(-1);
    await()
        .untilAsserted(() ->
            assertThat(meters.get("alertcap.http.handshakes.failed").counter().count()).isOne());
  }

  @Test
  void closesAConnectionThatStopsWithinItsHandshake() throws Exception {
    assertThat(answerTo(BEGINNING)).isEqualTo(-1);
  }

  @Test
  void isAsStrictWithANewCertificate() throws Exception {
    write("second");
    await()
        .until(() ->
            meters
                    .find("alertcap.http.reloads")
                    .tags("file", "certificate", "result", "success")
                    .counter()
                != null);

    assertThat(answerTo()).isEqualTo(-1);
  }

  @Test
  void answersOthersMeanwhile() throws Exception {
    try (Socket silent = connect();
        Http http =
            Http.undescribed(
                URI.create("https://127.0.0.1:" + front.port()), certificates.trusting())) {
      assertThat(silent.isConnected()).isTrue();
      assertThat(http.get("/open").status()).isEqualTo(200);
    }
  }

  /** What the front sends, if anything; -1 when it closes. */
  private int answerTo(byte... sent) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(sent);
      return socket.getInputStream().read();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
    socket.setSoTimeout((int) PATIENT.toMillis());
    return socket;
  }

  private void write(String name) throws Exception {
    X509Bundle server = certificates.server(name);
    Files.writeString(tls.certificate(), server.getCertificatePathPEM());
    Files.writeString(tls.key(), server.getPrivateKeyPEM());
  }
}
