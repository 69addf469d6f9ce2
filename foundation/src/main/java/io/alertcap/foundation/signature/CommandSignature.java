package io.alertcap.foundation.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What is signed of a command, and where the signature goes. */
final class CommandSignature {

  /** Of the JDK's providers, as RFC 8032 calls it. */
  static final String ALGORITHM = "Ed25519";

  /** A header of the Kafka record; its value is the signature in base64. */
  static final String HEADER = "alertcap-signature";

  /**
   * Keeps a signature of something else that was made with the same key from being one of these.
   */
  private static final String CONTEXT = "alertcap command 1";

  private CommandSignature() {}

  /**
   * The bytes that are signed: what this is, the record's key, and its value, as it is sent.
   *
   * @param node whose command it is; neither it nor the context has a line end
   */
  static byte[] input(String node, byte[] command) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes((CONTEXT + "\n" + node + "\n").getBytes(StandardCharsets.UTF_8));
    input.writeBytes(command);
    return input.toByteArray();
  }
}
