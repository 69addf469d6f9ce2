package io.alertcap.trigger.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of secrets, each on a line of its own. One is the rule; while one is being replaced there
 * are two, so that sender and receiver need not change at the same instant.
 */
record SecretFile(Path path) {

  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_SECRETS = 16;

  /** What is shorter can be guessed over a network. */
  private static final int MIN_LENGTH = 12;

  /**
   * Reads it as it is now.
   *
   * @throws IOException if it cannot be read, or holds no usable secret; the message shows none
   */
  List<String> read() throws IOException {
    List<String> secrets = lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (secrets.isEmpty()) {
      throw new IOException(path + " holds no secret");
    }
    if (secrets.size() > MAX_SECRETS) {
      throw new IOException(path + " has more than " + MAX_SECRETS + " lines");
    }
    if (secrets.stream().anyMatch(secret -> secret.length() < MIN_LENGTH)) {
      throw new IOException(
          path + " holds a secret of less than " + MIN_LENGTH + " characters: it could be guessed");
    }
    return secrets;
  }

  /** A clause for people: the messages of most file errors are the path alone. */
  static String why(Path file, IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> file + " does not exist";
      case AccessDeniedException denied -> file + " must not be read by this user";
      case FileSystemException other -> file + " cannot be read: " + other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private Stream<String> lines() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(path + " is larger than 64 KiB");
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().lines();
    } catch (CharacterCodingException e) {
      throw new IOException(path + " is not UTF-8 text", e);
    }
  }
}
