package io.alertcap.acceptance.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import io.alertcap.acceptance.Daemon;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The front of a trigger service that speaks TLS, and a client that trusts it. */
record TlsFront(
    Path certificate, Path key, String secretPart, URI uri, int capturerPort, HttpClient client) {

  /** Makes the files; {@code secretPart} is a line of the key. */
  static TlsFront write(Path scratch) throws Exception {
    X509Bundle own =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=127.0.0.1")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, own.toTrustManagerFactory().getTrustManagers(), null);
    String key = own.getPrivateKeyPEM();
    return new TlsFront(
        Files.writeString(scratch.resolve("cert.pem"), own.getCertificatePEM()),
        Files.writeString(scratch.resolve("key.pem"), key),
        key.lines().filter(line -> !line.startsWith("-")).skip(1).findFirst().orElseThrow(),
        URI.create("https://127.0.0.1:" + Daemon.freePort()),
        Daemon.freePort(),
        HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build());
  }

  /** Waits until the service says that it is ready. */
  URI awaitReady(Supplier<String> log, Duration patience) {
    await().atMost(patience).until(() -> log.get().contains("ready: trigger " + uri));
    return uri;
  }

  HttpResponse<String> get(URI where, String authorization)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(where).header("Authorization", authorization).build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> post(URI where, String authorization, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(where.resolve("/api/v1/alerts"))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(US_ASCII));
  }
}
