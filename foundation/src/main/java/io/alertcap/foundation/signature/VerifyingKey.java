package io.alertcap.foundation.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A public key, whose holder may command a node. Thread-safe.
 *
 * @param base64 as it was written
 */
public record VerifyingKey(String base64, PublicKey key) {

  /**
   * Reads a key: the line between the first and the last of what {@code openssl pkey -pubout}
   * writes.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static VerifyingKey parse(String base64) {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return new VerifyingKey(
          base64,
          KeyFactory.getInstance(CommandSignature.ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be an Ed25519 public key in base64, the middle line of `openssl pkey -pubout`", e);
    }
  }

  /** Whether the holder of this key signed the command, for the node that is its key. */
  public boolean signed(ConsumerRecord<String, byte[]> command) {
    Header header = command.headers().lastHeader(CommandSignature.HEADER);
    if (header == null || header.value() == null) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(CommandSignature.ALGORITHM);
      signature.initVerify(key);
      signature.update(CommandSignature.input(command.key(), command.value()));
      String text = new String(header.value(), StandardCharsets.US_ASCII);
      return signature.verify(Base64.getDecoder().decode(text));
    } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
      return false;
    }
  }
}
