package io.alertcap.trigger.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertcap.foundation.health.Health;
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
import org.junit.jupiter.api.io.TempDir;

/** A front that wants to know who calls, with tokens, passwords and certificates in files. */
abstract class FrontDoorFixture {

  static final String TOKEN = "a-token-of-alertmanager";
  static final String PASSWORD = "a password of oncall";

  @TempDir Path directory;

  final Vertx vertx = Vertx.vertx();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  Certificates certificates;
  AuthSettings.Required auth;
  TlsSettings tls;
  final List<HttpFront> fronts = new ArrayList<>();

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

  String servedName() throws Exception {
    try (var socket =
        certificates.trusting().getSocketFactory().createSocket("127.0.0.1", port())) {
      return ((SSLSocket) socket).getSession().getPeerPrincipal().getName();
    }
  }

  double reloads(String result) {
    var counter =
        meters
            .find("alertcap.http.reloads")
            .tags("file", "certificate", "result", result)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  TlsSettings tls(boolean required) throws IOException {
    Path authority = certificates.writeAuthority(directory.resolve("ca.pem"));
    return new TlsSettings(
        directory.resolve("cert.pem"),
        directory.resolve("key.pem"),
        Optional.of(new TlsSettings.Clients(authority, required)));
  }

  void write(X509Bundle server) throws IOException {
    Files.writeString(tls.certificate(), server.getCertificatePathPEM());
    Files.writeString(tls.key(), server.getPrivateKeyPEM());
  }

  Http plain(AuthSettings settings) throws IOException {
    fronts.add(open(settings, Optional.empty()));
    return Http.undescribed(URI.create("http://127.0.0.1:" + port()));
  }

  Http secure(AuthSettings settings, SSLContext context) throws IOException {
    fronts.add(open(settings, Optional.of(tls)));
    return client(context);
  }

  Http client(SSLContext context) {
    return Http.undescribed(URI.create("https://127.0.0.1:" + port()), context);
  }

  int port() {
    return fronts.getLast().port();
  }

  HttpFront open(AuthSettings settings, Optional<TlsSettings> secured) throws IOException {
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
        meters,
        new Health());
  }

  static Http.Response send(Http http, String method, String path, String authorization)
      throws Exception {
    return http.send(method, path, BodyPublishers.noBody(), "Authorization", authorization);
  }

  static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("oncall:" + password).getBytes(UTF_8));
  }

  static Answer text(String text) {
    return Answer.text(200, "text/plain", text);
  }
}
