package io.alertcap.standalone.demo;

import io.alertcap.capturer.enrich.file.CaptureFileReader;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.schemas.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Holds what came back from S3 against what was promised. */
final class Download {

  private Download() {}

  /**
   * Reads the whole file.
   *
   * @throws DemoFailed if it is not the file of the record, or has not exactly these packets
   */
  static void verify(Path copy, Artifact artifact, long packets) throws DemoFailed {
    try {
      String sha256 = sha256(copy);
      if (!sha256.equals(artifact.sha256())) {
        throw new DemoFailed(
            "%s has the digest %s, not %s".formatted(copy, sha256, artifact.sha256()));
      }
      long found = packets(copy);
      if (found != packets || artifact.packets() != packets) {
        throw new DemoFailed(
            "%d packets were sent, %s has %d, the record says %d"
                .formatted(packets, copy, found, artifact.packets()));
      }
    } catch (IOException e) {
      throw new DemoFailed(copy + " cannot be read: " + e, e);
    }
  }

  private static long packets(Path file) throws IOException {
    try (CaptureFileReader reader =
        CaptureFileReader.open(Compression.undo(Files.newInputStream(file)))) {
      long packets = 0;
      while (reader.next()) {
        packets++;
      }
      if (!reader.ending().isWhole()) {
        throw new IOException(reader.ending().toString());
      }
      return packets;
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
