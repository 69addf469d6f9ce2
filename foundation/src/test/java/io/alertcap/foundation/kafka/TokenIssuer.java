package io.alertcap.foundation.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * The token endpoint of an identity provider (RFC 6749, section 4.4), by TLS with a certificate of
 * a private authority.
 */
final class TokenIssuer implements AutoCloseable {

  static final String AUDIENCE = "kafka";
  static final String NAME = "https://issuer.example.org";

  private final String credentials;
  private final RsaJsonWebKey key;
  private final HttpsServer server;
  private final Path ca;
  private final List<String> forms = new CopyOnWriteArrayList<>();

  /** Hands out tokens to this client. */
  TokenIssuer(Path directory, String clientId, String clientSecret) throws Exception {
    this.credentials =
        "Basic "
            + Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(UTF_8));
    this.key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("key-1");
    X509Bundle own =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=127.0.0.1")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    this.ca = Files.writeString(directory.resolve("issuer-ca.pem"), own.getCertificatePEM());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.toKeyManagerFactory().getKeyManagers(), null, null);
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/token", this::answer);
    server.start();
  }

  String url() {
    return "https://127.0.0.1:%d/token".formatted(server.getAddress().getPort());
  }

  /** What its certificate leads to. */
  Path ca() {
    return ca;
  }

  /** The keys by which its tokens are checked. */
  Path writeKeys(Path file) throws IOException {
    return Files.writeString(
        file, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
  }

  /** What it was asked for. */
  List<String> forms() {
    return List.copyOf(forms);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    forms.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    boolean known = credentials.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body =
        (known
                ? "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                    .formatted(token())
                : "{\"error\":\"invalid_client\"}")
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  /** One that it signs. */
  String token() {
    JwtClaims claims = new JwtClaims();
    claims.setSubject("alertcap-capturer");
    claims.setIssuer(NAME);
    claims.setAudience(AUDIENCE);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setStringClaim("scope", "captures");
    JsonWebSignature signed = new JsonWebSignature();
    signed.setPayload(claims.toJson());
    signed.setKey(key.getPrivateKey());
    signed.setKeyIdHeaderValue(key.getKeyId());
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      return signed.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
