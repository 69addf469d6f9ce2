package io.alertcap.trigger.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.alertcap.schemas.CaptureId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where the next page of a list begins, opaque to clients. The checksum finds what was cut, mixed
 * up or made up; it keeps no secret, since a position gives access to nothing.
 */
public final class Cursor {

  private static final int MAX_LENGTH = 256;

  private final Position last;

  Cursor(Position last) {
    this.last = last;
  }

  /**
   * Reads a cursor as a client gave it back.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  public static Cursor parse(String text) {
    try {
      return decode(text);
    } catch (IllegalArgumentException
        | BufferUnderflowException
        | DateTimeException
        | ArithmeticException e) {
      throw new IllegalArgumentException("must be the \"next\" of an earlier answer", e);
    }
  }

  private static Cursor decode(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("is too long");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    int checksum = bytes.getInt();
    if (checksum != checksum(bytes.slice())) {
      throw new IllegalArgumentException("has another checksum");
    }
    Instant at = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
    CaptureId id = new CaptureId(US_ASCII.decode(bytes).toString());
    return new Cursor(new Position(at, id));
  }

  /** The last capture of the page before. */
  Position last() {
    return last;
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  @Override
  public String toString() {
    byte[] id = last.id().value().getBytes(US_ASCII);
    Instant at = last.at();
    ByteBuffer position = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + id.length);
    position.putLong(at.getEpochSecond()).putInt(at.getNano()).put(id).flip();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + position.remaining());
    bytes.putInt(checksum(position.duplicate())).put(position);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }
}
