package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of data. Its text form is a whole number and a unit, {@code 100MiB}; decimal units
 * ({@code 100MB}) are read, binary ones (IEC 80000-13) are written.
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,19}) ?([KMGT]i?B|kB|B)?");

  private enum Unit {
    TiB(1L << 40),
    GiB(1L << 30),
    MiB(1L << 20),
    KiB(1L << 10),
    B(1);

    private final long bytes;

    Unit(long bytes) {
      this.bytes = bytes;
    }
  }

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("must not be negative");
    }
  }

  public static DataSize ofBytes(long bytes) {
    return new DataSize(bytes);
  }

  public static DataSize ofKibibytes(long kibibytes) {
    return new DataSize(Math.multiplyExact(kibibytes, Unit.KiB.bytes));
  }

  public static DataSize ofMebibytes(long mebibytes) {
    return new DataSize(Math.multiplyExact(mebibytes, Unit.MiB.bytes));
  }

  public static DataSize ofGibibytes(long gibibytes) {
    return new DataSize(Math.multiplyExact(gibibytes, Unit.GiB.bytes));
  }

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException if the text is no size; the message says what one looks like
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DataSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a size such as 100MiB, 64KiB or 1GiB");
    }
    try {
      long count = Long.parseLong(matcher.group(1));
      return new DataSize(Math.multiplyExact(count, factor(matcher.group(2))));
    } catch (ArithmeticException | NumberFormatException overflow) {
      throw new IllegalArgumentException("must be less than 8388608TiB", overflow);
    }
  }

  private static long factor(@Nullable String unit) {
    return switch (unit == null ? "B" : unit) {
      case "KiB" -> Unit.KiB.bytes;
      case "MiB" -> Unit.MiB.bytes;
      case "GiB" -> Unit.GiB.bytes;
      case "TiB" -> Unit.TiB.bytes;
      case "kB", "KB" -> 1_000;
      case "MB" -> 1_000_000;
      case "GB" -> 1_000_000_000;
      case "TB" -> 1_000_000_000_000L;
      default -> 1;
    };
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** The largest binary unit that divides the amount evenly. */
  @Override
  @JsonValue
  public String toString() {
    for (Unit unit : Unit.values()) {
      if (bytes >= unit.bytes && bytes % unit.bytes == 0) {
        return bytes / unit.bytes + unit.name();
      }
    }
    return bytes + "B";
  }
}
