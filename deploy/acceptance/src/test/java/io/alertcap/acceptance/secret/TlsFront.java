package io.alertcap.acceptance.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import io.alertcap.acceptance.Daemon;
import io.alertcap.acceptance.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The front of a trigger service that speaks TLS, and a client that trusts it. */
record TlsFront(
    Path certificate, Path key, String secretPart, URI uri, int capturerPort, HttpClient client) {

  private static final char[] PASSWORD = "of-no-account".toCharArray();
  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

  /** Makes the files; {@code secretPart} is a line of the key. */
  static TlsFront write(Path scratch) throws IOException, GeneralSecurityException {
    KeyStore keys = keys(scratch.resolve("front.p12"));
    Key key = keys.getKey("mykey", PASSWORD);
    String body = PEM.encodeToString(key.getEncoded());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return new TlsFront(
        Files.writeString(
            scratch.resolve("cert.pem"),
            pem("CERTIFICATE", PEM.encodeToString(keys.getCertificate("mykey").getEncoded()))),
        Files.writeString(scratch.resolve("key.pem"), pem("PRIVATE KEY", body)),
        body.lines().skip(1).findFirst().orElseThrow(),
        URI.create("https://127.0.0.1:" + Daemon.freePort()),
        Daemon.freePort(),
        HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build());
  }

  private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
    Programs.output(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        new String(PASSWORD));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusting = keys;
    trusting.setCertificateEntry("trusted", keys.getCertificate("mykey"));
    return trusting;
  }

  private static String pem(String type, String body) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
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
