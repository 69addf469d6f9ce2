package io.alertcap.trigger.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A credential as it is remembered and compared: its SHA-256. All hashes have one length, so that
 * how long a comparison takes tells nothing about the secret, its length included.
 */
final class SecretHash {

  private final byte[] sha256;

  private SecretHash(byte[] sha256) {
    this.sha256 = sha256;
  }

  static SecretHash of(String credential) {
    try {
      return new SecretHash(
          MessageDigest.getInstance("SHA-256").digest(credential.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** In constant time. */
  boolean matches(SecretHash other) {
    return MessageDigest.isEqual(sha256, other.sha256);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
