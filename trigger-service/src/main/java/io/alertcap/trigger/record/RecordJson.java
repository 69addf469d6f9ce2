package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A record as it lies on disk: its JSON, deflated (RFC 1951), about a third of its size. */
final class RecordJson {

  /** Far beyond the largest record: what claims to be larger is damaged. */
  private static final int MOST_BYTES = 16 << 20;

  private static final int CHUNK = 16 << 10;

  private RecordJson() {}

  static byte[] pack(byte[] json) {
    return deflate(json);
  }

  /** The JSON itself, as the API shows it. */
  static byte[] unpack(byte[] packed) throws DataFormatException {
    return inflate(packed);
  }

  static CaptureRecord read(byte[] packed) throws DataFormatException {
    return switch (Json.read(inflate(packed), CaptureRecord.class)) {
      case Reading.Valid<CaptureRecord>(CaptureRecord capture) -> capture;
      case Reading.Invalid<CaptureRecord> invalid ->
          throw new DataFormatException(invalid.sentence());
    };
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2 + 64);
      byte[] chunk = new byte[CHUNK];
      while (!deflater.finished()) {
        packed.write(chunk, 0, deflater.deflate(chunk));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] packed) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * packed.length);
      byte[] chunk = new byte[CHUNK];
      while (!inflater.finished()) {
        int length = inflater.inflate(chunk);
        if (length == 0 || bytes.size() > MOST_BYTES) {
          throw new DataFormatException("ends too early, or not at all");
        }
        bytes.write(chunk, 0, length);
      }
      return bytes.toByteArray();
    } finally {
      inflater.end();
    }
  }
}
