package io.alertcap.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Peer;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import io.alertcap.standalone.Standalone;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Standalone whose front wants to know who is calling, with and without TLS: its own capturer gets
 * names all the same, and nobody else does.
 */
@Timeout(180)
class GuardedFrontIT {

  private static final String TOKEN = "a-token-of-the-test-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @BeforeAll
  static void possible() {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, to make network namespaces");
    for (String program : List.of("ip", "dnsmasq", "openssl")) {
      assumeTrue(DemoIT.installed(program), "needs the program " + program);
    }
  }

  @Test
  void withTokens() throws Exception {
    captureHasNames("", HttpClient.newHttpClient());
  }

  @Test
  void withTokensAndTlsOfAnAuthorityThatTheJvmDoesNotTrust() throws Exception {
    Path key = directory.resolve("tls.key");
    Path certificate = directory.resolve("tls.crt");
    Commands.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=alertcap.example",
        "-addext",
        "subjectAltName=DNS:alertcap.example,IP:127.0.0.1",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());

    captureHasNames(
        "\n  tls: {certFile: %s, keyFile: %s}".formatted(certificate, key),
        HttpClient.newBuilder().sslContext(trusting(certificate)).build());
  }

  private void captureHasNames(String tls, HttpClient http) throws Exception {
    try (http;
        DemoNetwork network = DemoNetwork.build();
        Standalone pipeline =
            Standalone.start(ConfigurationSource.file(configuration(network, tls)))) {
      URI trigger = pipeline.triggerUri();
      HttpRequest.Builder names =
          HttpRequest.newBuilder(trigger.resolve("/api/v1/names"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"addresses\":[\"192.0.2.1\"]}"));
      assertThat(send(http, names).statusCode()).isEqualTo(401);

      CaptureId id = alerted(http, trigger);
      awaitStatus(http, trigger, id, CaptureStatus.STARTED);
      ask(network);
      CaptureRecord record = awaitStatus(http, trigger, id, CaptureStatus.COMPLETED);

      assertThat(record.enrichment().orElseThrow().warnings()).isEmpty();
      assertThat(record.statistics().flatMap(Statistics::topPeers).orElseThrow())
          .extracting(Peer::address, Peer::names)
          .containsExactly(tuple(DemoNetwork.CLIENT_ADDRESS, List.of("shop/cart-0")));
    }
  }

  private Path configuration(DemoNetwork network, String tls) throws Exception {
    Path file = DemoFiles.write(directory, Duration.ofSeconds(10), network);
    Path token = Files.writeString(directory.resolve("token"), TOKEN);
    String auth =
        "auth: {tokens: [{name: test, file: %s, scopes: [alerts, read]}]}".formatted(token);
    return Files.writeString(
        file,
        Files.readString(file).replace("http:\n  port: 0", "http:\n  port: 0\n  " + auth + tls));
  }

  private static CaptureId alerted(HttpClient http, URI trigger) throws Exception {
    HttpRequest.Builder alert =
        HttpRequest.newBuilder(trigger.resolve("/api/v1/alerts"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofByteArray(DemoFiles.alert(Instant.now())));
    HttpResponse<byte[]> accepted = send(http, alert);
    assertThat(accepted.statusCode()).isEqualTo(202);
    Reading<Answer> answer = Json.read(accepted.body(), Answer.class);
    assertThat(answer).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid<Answer>) answer).value().captures().getFirst().id();
  }

  private static CaptureRecord awaitStatus(
      HttpClient http, URI trigger, CaptureId id, CaptureStatus status) {
    return await()
        .atMost(PATIENCE)
        .until(() -> record(http, trigger, id), record -> record.status() == status);
  }

  private static CaptureRecord record(HttpClient http, URI trigger, CaptureId id) throws Exception {
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(trigger.resolve("/api/v1/captures/" + id))
            .header("Authorization", "Bearer " + TOKEN);
    Reading<CaptureRecord> reading = Json.read(send(http, asked).body(), CaptureRecord.class);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid<CaptureRecord>) reading).value();
  }

  private static HttpResponse<byte[]> send(HttpClient http, HttpRequest.Builder request)
      throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void ask(DemoNetwork network) throws Exception {
    List<String> command = new ArrayList<>(network.asClient());
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            DnsClient.class.getName(),
            DemoNetwork.POD_ADDRESS,
            "5",
            "1"));
    Process client = Commands.start(command);
    String said = Commands.output(client);
    assertThat(client.waitFor()).as(said).isZero();
  }

  private static SSLContext trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(file)) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
      store.setCertificateEntry("front", certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private record Answer(List<Begun> captures) {}

  private record Begun(CaptureId id) {}
}
