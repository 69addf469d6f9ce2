package io.alertcap.schemas;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
   * {@code IFNAMSIZ} less its final zero byte; neither '/' nor ':' nor white space nor the names of
   * directories (dev_valid_name, net/core/dev.c); and of what is left the printable part of ASCII.
   */
  private static final Pattern INTERFACE = Pattern.compile("(?!\\.{1,2}$)[!-.0-9;-~]{1,15}");

  private static final Pattern LINK_TYPE = Pattern.compile("[A-Z0-9_]{1,64}");

  private static final int MAX_REASON_LENGTH = 1024;

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

  static void networkInterface(String value, String field) {
    matching(value, INTERFACE, field, "the name of a network interface");
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
