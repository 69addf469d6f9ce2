package io.alertcap.trigger.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.AuthSettings;
import io.alertcap.trigger.access.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, over real connections. */
@Timeout(30)
class FrontDoorTest {

  private static final String TOKEN = "a-token-of-alertmanager";
  private static final String PASSWORD = "a password of oncall";

  @TempDir private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Certificates certificates;
  private AuthSettings.Required auth;
  private TlsSettings tls;
  private final List<HttpFront> fronts = new ArrayList<>();

  @BeforeEach
  void writesFiles() throws Exception {
    certificates = new Certificates();
    Files.writeString(directory.resolve("token"), TOKEN);
    Files.writeString(directory.resolve("password"), PASSWORD);
    auth =
        new AuthSettings.Required(
            List.of(
                new AuthSettings.Token(
                    "alertmanager", directory.resolve("token"), Set.of(Scope.ALERTS))),
            List.of(
                new AuthSettings.Password(
                    "oncall", directory.resolve("password"), Set.of(Scope.READ))),
            List.of(new AuthSettings.Certificate("reader", Set.of(Scope.READ))));
    tls = tls(false);
    write(certificates.server("first"));
  }

  @AfterEach
  void closes() {
    fronts.forEach(HttpFront::close);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void asksWhoIsCalling() throws Exception {
    try (Http http = plain(auth)) {
      Http.Response response = http.get("/read");

      assertThat(response.status()).isEqualTo(401);
      assertThat(response.header("www-authenticate"))
          .isEqualTo("Bearer realm=\"alertcap\", Basic realm=\"alertcap\", charset=\"UTF-8\"");
      assertThat(response.as(Problem.class).detail()).isEqualTo("This needs credentials");
      assertThat(http.get("/open").body()).isEqualTo("open");
    }
  }

  @Test
  void letsEachInForWhatTheyMay() throws Exception {
    try (Http http = plain(auth)) {
      assertThat(send(http, "GET", "/read", basic(PASSWORD)).status()).isEqualTo(200);
      assertThat(send(http, "POST", "/alerts", "Bearer " + TOKEN).body())
          .isEqualTo("Optional[alertmanager]");

      Http.Response forbidden = send(http, "GET", "/read", "Bearer " + TOKEN);
      assertThat(forbidden.status()).isEqualTo(403);
      assertThat(forbidden.as(Problem.class).detail())
          .isEqualTo("alertmanager lacks the scope 'read'");
      assertThat(send(http, "POST", "/alerts", basic(PASSWORD)).status()).isEqualTo(403);
    }
  }

  @Test
  void tellsNothingAboutWhatIsWrong() throws Exception {
    try (Http http = plain(auth)) {
      String wrongToken = send(http, "POST", "/alerts", "Bearer " + TOKEN + "x").body();

      assertThat(wrongToken).contains("\"status\":401").doesNotContain(TOKEN);
      assertThat(send(http, "POST", "/alerts", basic("wrong")).body()).isEqualTo(wrongToken);
      assertThat(send(http, "POST", "/alerts", "Nonsense").body()).isEqualTo(wrongToken);
      assertThat(meters.getMetersAsString()).doesNotContain(TOKEN).doesNotContain(PASSWORD);
    }
  }

  @Test
  void readsNoBodyOfSomebodyUnknown() throws Exception {
    try (Http http = plain(auth)) {
      Http.Response response =
          http.send("POST", "/alerts", BodyPublishers.ofByteArray(new byte[500]));

      assertThat(response.status()).isEqualTo(401);
    }
  }

  @Test
  void takesOverNewCredentials() throws Exception {
    try (Http http = plain(auth)) {
      Files.writeString(directory.resolve("token"), "another token of it");

      await()
          .untilAsserted(() ->
              assertThat(send(http, "POST", "/alerts", "Bearer " + TOKEN).status()).isEqualTo(401));
      assertThat(send(http, "POST", "/alerts", "Bearer another token of it").status())
          .isEqualTo(200);
    }
  }

  @Test
  void speaksTls() throws Exception {
    try (Http http = secure(new AuthSettings.Open(), certificates.trusting())) {
      assertThat(http.get("/read").status()).isEqualTo(200);
      assertThat(meters.get("alertcap.http.certificate.expiry").gauge().value())
          .isGreaterThan(Clock.systemUTC().millis() / 1000.0);
    }
    try (Http plain = Http.undescribed(URI.create("http://127.0.0.1:" + port()))) {
      assertThatThrownBy(() -> plain.get("/open")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void knowsClientsByTheirCertificates() throws Exception {
    try (Http reader = secure(auth, certificates.showing(certificates.client("reader")))) {
      assertThat(reader.get("/read").status()).isEqualTo(200);
      assertThat(reader.send("POST", "/alerts", BodyPublishers.noBody()).status()).isEqualTo(403);
    }
    try (Http other = client(certificates.showing(certificates.client("somebody")))) {
      assertThat(other.get("/read").status()).isEqualTo(401);
    }
    try (Http without = client(certificates.trusting())) {
      assertThat(without.get("/read").status()).isEqualTo(401);
      assertThat(send(without, "GET", "/read", basic(PASSWORD)).status()).isEqualTo(200);
    }
  }

  @Test
  void refusesWithoutAChallengeWhereOnlyACertificateHelps() throws Exception {
    AuthSettings onlyCertificates =
        new AuthSettings.Required(List.of(), List.of(), auth.clientCertificates());
    try (Http http = secure(onlyCertificates, certificates.trusting())) {
      assertThat(http.get("/read").status()).isEqualTo(403);
    }
  }

  @Test
  void refusesCertificatesOfNoUse() throws Exception {
    try (Http expired = secure(auth, certificates.showing(certificates.expiredClient("reader")))) {
      assertThatThrownBy(() -> expired.get("/read")).isInstanceOf(IOException.class);
    }
    X509Bundle ofAnotherAuthority = new Certificates().client("reader");
    try (Http stranger = client(certificates.showing(ofAnotherAuthority))) {
      assertThatThrownBy(() -> stranger.get("/read")).isInstanceOf(IOException.class);
    }
    assertThat(meters.get("alertcap.http.handshakes.failed").counter().count()).isPositive();
  }

  @Test
  void insistsOnACertificateWhereTold() throws Exception {
    tls = tls(true);
    try (Http without = secure(new AuthSettings.Open(), certificates.trusting())) {
      assertThatThrownBy(() -> without.get("/open")).isInstanceOf(IOException.class);
    }
    try (Http with = client(certificates.showing(certificates.client("anybody")))) {
      assertThat(with.get("/open").status()).isEqualTo(200);
    }
  }

  @Test
  void takesOverANewCertificateOnceItsKeyFits() throws Exception {
    try (Http before = secure(new AuthSettings.Open(), certificates.trusting())) {
      assertThat(before.get("/open").status()).isEqualTo(200);
      X509Bundle next = certificates.server("second");

      Files.writeString(tls.certificate(), next.getCertificatePathPEM());
      await().until(() -> reloads("failure") == 1);
      assertThat(servedName()).isEqualTo("CN=first");

      Files.writeString(tls.key(), next.getPrivateKeyPEM());
      await().until(() -> reloads("success") == 1);
      assertThat(servedName()).isEqualTo("CN=second");
      assertThat(before.get("/open").status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotStartWithAKeyOfAnotherCertificate() throws Exception {
    Files.writeString(tls.key(), certificates.server("other").getPrivateKeyPEM());

    assertThatThrownBy(() -> open(new AuthSettings.Open(), Optional.of(tls)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http.tls.keyFile");

    Files.writeString(tls.key(), "no PEM at all");
    assertThatThrownBy(() -> open(new AuthSettings.Open(), Optional.of(tls)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http.tls")
        .hasMessageNotContaining("no PEM at all");
  }

  private String servedName() throws Exception {
    try (var socket =
        certificates.trusting().getSocketFactory().createSocket("127.0.0.1", port())) {
      return ((SSLSocket) socket).getSession().getPeerPrincipal().getName();
    }
  }

  private double reloads(String result) {
    var counter =
        meters
            .find("alertcap.http.reloads")
            .tags("file", "certificate", "result", result)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private TlsSettings tls(boolean required) throws IOException {
    Path authority = certificates.writeAuthority(directory.resolve("ca.pem"));
    return new TlsSettings(
        directory.resolve("cert.pem"),
        directory.resolve("key.pem"),
        Optional.of(new TlsSettings.Clients(authority, required)));
  }

  private void write(X509Bundle server) throws IOException {
    Files.writeString(tls.certificate(), server.getCertificatePathPEM());
    Files.writeString(tls.key(), server.getPrivateKeyPEM());
  }

  private Http plain(AuthSettings settings) throws IOException {
    fronts.add(open(settings, Optional.empty()));
    return Http.undescribed(URI.create("http://127.0.0.1:" + port()));
  }

  private Http secure(AuthSettings settings, SSLContext context) throws IOException {
    fronts.add(open(settings, Optional.of(tls)));
    return client(context);
  }

  private Http client(SSLContext context) {
    return Http.undescribed(URI.create("https://127.0.0.1:" + port()), context);
  }

  private int port() {
    return fronts.getLast().port();
  }

  private HttpFront open(AuthSettings settings, Optional<TlsSettings> secured) throws IOException {
    return HttpFront.open(
        vertx,
        new HttpSettings("127.0.0.1", 0, DataSize.ofKibibytes(1), settings, secured),
        HttpLimits.DEFAULT,
        Duration.ofMillis(50),
        List.of(
            Route.open("/open", call -> text("open")),
            Route.get("/read", Runnable::run, call -> text("read")),
            Route.post(
                "/alerts",
                Scope.ALERTS,
                Runnable::run,
                1000,
                call -> text(call.caller().name().toString()))),
        Clock.systemUTC(),
        meters);
  }

  private static Http.Response send(Http http, String method, String path, String authorization)
      throws Exception {
    return http.send(method, path, BodyPublishers.noBody(), "Authorization", authorization);
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("oncall:" + password).getBytes(UTF_8));
  }

  private static Answer text(String text) {
    return Answer.text(200, "text/plain", text);
  }
}
