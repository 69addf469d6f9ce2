package io.alertcap.trigger.web;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** An authority, and what it signs. */
final class Certificates {

  private final X509Bundle authority;

  Certificates() throws Exception {
    this.authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=test authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  /** For a server on 127.0.0.1. */
  X509Bundle server(String name) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .addSanIpAddress("127.0.0.1")
        .addExtendedKeyUsageServerAuth()
        .buildIssuedBy(authority);
  }

  X509Bundle client(String name) throws Exception {
    return client(name, Instant.now().plus(Duration.ofDays(1)));
  }

  X509Bundle expiredClient(String name) throws Exception {
    return client(name, Instant.now().minusSeconds(60));
  }

  private X509Bundle client(String name, Instant until) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name + ",O=example")
        .notBefore(until.minus(Duration.ofDays(2)))
        .notAfter(until)
        .addExtendedKeyUsageClientAuth()
        .buildIssuedBy(authority);
  }

  Path writeAuthority(Path file) throws IOException {
    return Files.writeString(file, authority.getCertificatePEM());
  }

  /** Trusts the authority and shows no certificate. */
  SSLContext trusting() throws Exception {
    return context(new KeyManager[0]);
  }

  /** Trusts the authority and shows this certificate. */
  SSLContext showing(X509Bundle client) throws Exception {
    return context(client.toKeyManagerFactory().getKeyManagers());
  }

  private SSLContext context(KeyManager[] keys) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {authority.toTrustManager()}, null);
    return context;
  }
}
