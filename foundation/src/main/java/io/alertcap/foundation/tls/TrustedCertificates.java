package io.alertcap.foundation.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The certificates of a PEM file, as those that a TLS server's must lead to. Immutable. */
public final class TrustedCertificates {

  private final List<TrustManager> managers;

  private TrustedCertificates(List<TrustManager> managers) {
    this.managers = managers;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or holds no certificate; the message says which file
   */
  public static TrustedCertificates of(Path caFile) throws IOException {
    try (InputStream pem = Files.newInputStream(caFile)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), each);
      }
      if (trusted.size() == 0) {
        throw new IOException(caFile + " holds no certificate in PEM");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      return new TrustedCertificates(List.of(managers.getTrustManagers()));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          caFile + " holds no certificates that can be used: " + e.getMessage(), e);
    }
  }

  /** For clients that are told whom to trust. */
  public TrustManager[] managers() {
    return managers.toArray(TrustManager[]::new);
  }

  /** For clients that are given all of TLS; without a certificate of their own. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this platform has no TLS", e);
    }
  }
}
