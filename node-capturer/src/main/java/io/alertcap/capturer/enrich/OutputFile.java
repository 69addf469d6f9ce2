package io.alertcap.capturer.enrich;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that gets its name when it is complete and on disk, and leaves nothing behind otherwise.
 * What is written is counted and hashed on the way.
 */
final class OutputFile implements AutoCloseable {

  private static final String DRAFT_SUFFIX = ".part";

  private final Path target;
  private final Path draft;
  private final FileChannel channel;
  private final Room room;
  private final MessageDigest sha256 = sha256();
  private long bytes;

  private OutputFile(Path target, Path draft, FileChannel channel, Room room) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
    this.room = room;
  }

  static OutputFile create(Path target, Room room) throws IOException {
    Path draft = target.resolveSibling(target.getFileName() + DRAFT_SUFFIX);
    return new OutputFile(
        target, draft, FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE), room);
  }

  /** What takes the content. Closing it has no effect; {@link #complete} ends the file. */
  OutputStream content() {
    return room.limit(hashed());
  }

  private OutputStream hashed() {
    return new OutputStream() {
      @Override
      public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
      }

      @Override
      public void write(byte[] data, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(data, offset, length);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        sha256.update(data, offset, length);
        bytes += length;
      }
    };
  }

  /** Gives the file its name, in place of any other of that name. Returns when that is on disk. */
  void complete() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel names = FileChannel.open(directory, READ)) {
        names.force(true);
      }
    }
  }

  long bytes() {
    return bytes;
  }

  /** Hexadecimal; once, at the end. */
  String digest() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Removes the file, unless it is complete. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
