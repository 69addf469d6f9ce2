package io.alertcap.schemas;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks that compact constructors share; each names the field that it refuses. */
final class Constraints {

  /** RFC 1123 label, as Kubernetes uses it for namespaces and containers. */
  static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /**
   * RFC 1123 subdomain, as Kubernetes uses it for pods and nodes. The length is looked at first, so
   * that no input takes long.
   */
  static final Pattern DNS_SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /**
   * One or several, separated by commas. Of each {@code IFNAMSIZ} less its final zero byte; neither
   * '/' nor ':' nor white space nor the names of directories (dev_valid_name, net/core/dev.c); and
   * of what is left the printable part of ASCII without the comma. {@code any} and {@code auto}
   * stand alone, as they mean several by themselves.
   */
  private static final Pattern INTERFACES =
      Pattern.compile(
          "(?!(?:any|auto),)(?!.*,(?:any|auto)(?:,|$))(?!(?:.*,)?\\.{1,2}(?:,|$))"
              + "[!-+\\-.0-9;-~]{1,15}(?:,[!-+\\-.0-9;-~]{1,15}){0,15}");

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");

  /** Of IANA's "Domain Name System (DNS) Parameters", or a word with a number. */
  private static final Pattern DNS_MNEMONIC = Pattern.compile("[A-Z0-9]{1,16}");

  private static final Pattern LINK_TYPE = Pattern.compile("[A-Z0-9_]{1,64}");

  /** What S3 allows in UTF-8 bytes (Amazon S3 user guide, "Naming Amazon S3 objects"). */
  private static final int MAX_KEY_LENGTH = 1024;

  private static final int MAX_REASON_LENGTH = 1024;
  private static final int MAX_CALLER_LENGTH = 63;

  private Constraints() {}

  static <T> T present(@Nullable T value, String field) {
    if (value == null) {
      throw new InvalidField(field, "is missing");
    }
    return value;
  }

  /** Jackson passes null for an Optional that JSON leaves out of a record. */
  @SuppressWarnings("NullableOptional")
  static <T> Optional<T> optional(@Nullable Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }

  static String matching(String value, Pattern pattern, String field, String expected) {
    if (!pattern.matcher(present(value, field)).matches()) {
      throw new InvalidField(field, "must be " + expected);
    }
    return value;
  }

  static void rule(String value, String field) {
    matching(value, DNS_LABEL, field, "a DNS label");
  }

  static void reason(String value, String field) {
    atMost(value, MAX_REASON_LENGTH, field);
  }

  static void caller(String value, String field) {
    atMost(value, MAX_CALLER_LENGTH, field);
  }

  static void networkInterfaces(String value, String field) {
    matching(
        value,
        INTERFACES,
        field,
        "any, auto, or the names of at most 16 network interfaces, separated by commas");
  }

  static void address(String value, String field) {
    matching(value, ADDRESS, field, "an IP address");
  }

  static void dnsMnemonic(String value, String field) {
    matching(value, DNS_MNEMONIC, field, "a DNS mnemonic");
  }

  static void objectKey(String value, String field) {
    atMost(value, MAX_KEY_LENGTH, field);
  }

  static void linkType(String value, String field) {
    matching(value, LINK_TYPE, field, "libpcap's name of a link type");
  }

  static String atMost(String value, int maxLength, String field) {
    if (length(present(value, field)) > maxLength) {
      throw new InvalidField(field, "must have at most " + maxLength + " characters");
    }
    return value;
  }

  /** Cut to so many characters, the last of which then says so. */
  static String shortened(String value, int maxLength) {
    return length(value) <= maxLength
        ? value
        : value.substring(0, value.offsetByCodePoints(0, maxLength - 1)) + "…";
  }

  static void count(long value, String field) {
    within(value, 0, Long.MAX_VALUE, field);
  }

  static void share(double value, String field) {
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidField(field, "must be from 0 to 1, not " + value);
    }
  }

  static long within(long value, long min, long max, String field) {
    if (value < min || value > max) {
      throw new InvalidField(field, "must be from " + min + " to " + max + ", not " + value);
    }
    return value;
  }

  static Duration within(Duration value, Duration min, Duration max, String field) {
    if (present(value, field).compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new InvalidField(
          field, "must be from " + DurationText.format(min) + " to " + DurationText.format(max));
    }
    return value;
  }

  static DataSize within(DataSize value, DataSize min, DataSize max, String field) {
    if (present(value, field).compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new InvalidField(field, "must be from " + min + " to " + max);
    }
    return value;
  }

  static <T> List<T> list(List<T> values, int maxEntries, String field) {
    if (present(values, field).size() > maxEntries) {
      throw new InvalidField(field, "must have at most " + maxEntries + " entries");
    }
    return List.copyOf(values);
  }

  /** Checks every entry, under a name of its own. */
  static <T> void each(List<T> values, String field, BiConsumer<T, String> check) {
    for (int i = 0; i < values.size(); i++) {
      check.accept(values.get(i), field + "[" + i + "]");
    }
  }

  /** Copies in the given order. */
  static Map<String, Long> counts(Map<String, Long> values, int maxEntries, String field) {
    if (present(values, field).size() > maxEntries) {
      throw new InvalidField(field, "must have at most " + maxEntries + " entries");
    }
    values.forEach((name, value) -> {
      dnsMnemonic(name, field);
      count(value, field + "." + name);
    });
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Copies in the given order; label names and values are bounded so that a message stays small.
   */
  static Map<String, String> bounded(
      Map<String, String> values, int maxEntries, int maxLength, String field) {
    if (present(values, field).size() > maxEntries) {
      throw new InvalidField(field, "must have at most " + maxEntries + " entries");
    }
    values.forEach((name, value) -> {
      atMost(name, maxLength, field);
      atMost(value, maxLength, field + "." + name);
    });
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** In characters as JSON Schema counts them, that is in code points. */
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
