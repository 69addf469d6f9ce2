package io.alertcap.capturer.enrich.file;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How a capture file is compressed. Wireshark opens each as it is. */
public enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst");

  /** The fastest: the node's CPU is dearer than the bucket's bytes. */
  private static final int GZIP_LEVEL = 1;

  /** zstd's own default. */
  private static final int ZSTD_LEVEL = 3;

  private static final int BUFFER_BYTES = 1 << 16;

  /** RFC 1952. */
  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

  /** RFC 8878. */
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /** As it stands in the configuration and in an artifact. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** At the end of a file's name, with its dot. */
  public String extension() {
    return extension;
  }

  /**
   * A stream that writes compressed what is written to it. Closing it closes {@code out}.
   *
   * @throws IOException if compression cannot begin: for zstd also where its native library cannot
   *     be loaded, which needs {@code java.io.tmpdir} to be writable
   */
  public OutputStream over(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new FastGzip(out);
      case ZSTD -> zstd(out);
    };
  }

  /** Why this cannot be used on this machine, if it cannot: to be asked before it is needed. */
  public Optional<String> problem() {
    try (OutputStream trial = over(OutputStream.nullOutputStream())) {
      trial.write(0);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /**
   * A stream of what is in {@code in}, decompressed if its first bytes say that it is compressed.
   * Closing it closes {@code in}.
   */
  public static InputStream undo(InputStream in) throws IOException {
    InputStream peeked = new BufferedInputStream(in, BUFFER_BYTES);
    peeked.mark(Integer.BYTES);
    byte[] magic = peeked.readNBytes(Integer.BYTES);
    peeked.reset();
    if (startsWith(magic, GZIP_MAGIC)) {
      return new GZIPInputStream(peeked, BUFFER_BYTES);
    }
    return startsWith(magic, ZSTD_MAGIC) ? new ZstdInputStream(peeked) : peeked;
  }

  private static boolean startsWith(byte[] bytes, byte[] beginning) {
    return bytes.length >= beginning.length
        && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
  }

  private static OutputStream zstd(OutputStream out) throws IOException {
    try {
      return new ZstdOutputStream(out, ZSTD_LEVEL);
    } catch (LinkageError notLoaded) {
      throw new IOException(
          "zstd's native library cannot be loaded: make java.io.tmpdir writable and executable, or"
              + " set capture.compression to gzip ("
              + notLoaded
              + ")",
          notLoaded);
    }
  }

  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(GZIP_LEVEL);
    }
  }
}
