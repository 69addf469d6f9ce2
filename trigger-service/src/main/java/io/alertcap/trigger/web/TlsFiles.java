package io.alertcap.trigger.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** The files of {@link TlsSettings} as they are at one moment. */
record TlsFiles(Buffer certificate, Buffer key, Optional<Buffer> authority) {

  private static final int MAX_BYTES = 1 << 20;

  /** Of keys, as {@link X509KeyManager} calls them. */
  private static final List<String> KINDS = List.of("EC", "RSA", "EdDSA");

  static TlsFiles read(TlsSettings settings) throws IOException {
    Optional<Path> authority = settings.clients().map(TlsSettings.Clients::authority);
    return new TlsFiles(
        read(settings.certificate()),
        read(settings.key()),
        authority.isPresent() ? Optional.of(read(authority.get())) : Optional.empty());
  }

  private static Buffer read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(file + " is larger than 1 MiB");
      }
      return Buffer.buffer(bytes);
    } catch (IOException e) {
      throw new IOException("cannot read " + file, e);
    }
  }

  PemKeyCertOptions keyAndCertificate() {
    return new PemKeyCertOptions().setKeyValue(key).setCertValue(certificate);
  }

  Optional<PemTrustOptions> trust() {
    return authority.map(ca -> new PemTrustOptions().addCertValue(ca));
  }

  /**
   * Makes sure that a server could work with them. Nobody else would before the first client fails:
   * a certificate whose key comes a moment later would take the service off the network.
   *
   * @return the certificate of the service
   * @throws IOException naming the setting that is wrong
   */
  X509Certificate verified(Vertx vertx) throws IOException {
    try {
      if (trust().isPresent()) {
        var unused = trust().get().getTrustManagerFactory(vertx);
      }
    } catch (Exception e) {
      throw new IOException("http.tls.clientCaFile holds no certificate in PEM", e);
    }
    try {
      for (KeyManager manager : keyAndCertificate().getKeyManagerFactory(vertx).getKeyManagers()) {
        if (manager instanceof X509KeyManager keys) {
          return verified(keys);
        }
      }
    } catch (Exception e) {
      throw new IOException("http.tls.certFile, http.tls.keyFile: " + e.getMessage(), e);
    }
    throw new IOException("http.tls.certFile, http.tls.keyFile: of no known kind");
  }

  private static X509Certificate verified(X509KeyManager keys) throws GeneralSecurityException {
    for (String kind : KINDS) {
      String[] aliases = keys.getServerAliases(kind, null);
      if (aliases != null && aliases.length > 0) {
        X509Certificate leaf = keys.getCertificateChain(aliases[0])[0];
        if (fit(keys.getPrivateKey(aliases[0]), leaf)) {
          return leaf;
        }
      }
    }
    throw new KeyException("this is not the key of that certificate");
  }

  /** Whether the certificate verifies what the key signs. */
  private static boolean fit(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    byte[] probe = certificate.getEncoded();
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(probe);
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certificate.getPublicKey());
    verifier.update(probe);
    return verifier.verify(signer.sign());
  }

  @Override
  public String toString() {
    return "TlsFiles[(secret)]";
  }
}
