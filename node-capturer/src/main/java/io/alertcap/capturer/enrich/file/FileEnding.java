package io.alertcap.capturer.enrich.file;

/**
 * How the reading of a capture file ended.
 *
 * @param kind why there is no packet more
 * @param validBytes from the file's first byte to the end of the last thing that was whole
 */
public record FileEnding(Kind kind, long validBytes) {

  /** Why there is no packet more. */
  public enum Kind {
    /** Every byte was read and understood. */
    WHOLE,
    /** The file ends within a packet: its writer was stopped. */
    CUT,
    /** What follows cannot be a packet. */
    DAMAGED
  }

  public boolean isWhole() {
    return kind == Kind.WHOLE;
  }

  /** A sentence for whoever opens the file. */
  @Override
  public String toString() {
    return switch (kind) {
      case WHOLE -> "The file is whole.";
      case CUT -> "The file ends within a packet, after %d whole bytes.".formatted(validBytes);
      case DAMAGED -> "The file is damaged after byte %d.".formatted(validBytes);
    };
  }
}
