package io.alertcap.foundation.signature;

import io.alertcap.foundation.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The trigger service's private key, with which it signs commands. Thread-safe. */
public final class SigningKey {

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Reads a key as {@code openssl genpkey -algorithm ed25519} writes it.
   *
   * @throws IllegalArgumentException if it is none; the message does not show it
   */
  public static SigningKey of(Secret pem) {
    String base64 = pem.reveal().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
    try {
      return new SigningKey(
          KeyFactory.getInstance(CommandSignature.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is not an Ed25519 private key in PEM (PKCS #8), as `openssl genpkey -algorithm ed25519` makes it");
    }
  }

  /** Adds the signature to a command that is about to be sent. */
  public ProducerRecord<String, byte[]> sign(ProducerRecord<String, byte[]> command) {
    try {
      Signature signature = Signature.getInstance(CommandSignature.ALGORITHM);
      signature.initSign(key);
      signature.update(CommandSignature.input(command.key(), command.value()));
      String text = Base64.getEncoder().encodeToString(signature.sign());
      command.headers().add(CommandSignature.HEADER, text.getBytes(StandardCharsets.US_ASCII));
      return command;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK does not sign with Ed25519.", e);
    }
  }
}
