package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one capture: {@code 20261122T223335Z-coredns-latency-3f9a2c7b51e0d846}, the second it is
 * about, the rule that asked for it, and 64 bits of a digest: 10,000 alerts of one rule in one
 * second share an id with a chance of 3 in 10¹². The alphabet makes it safe as a file name, an
 * object key, a Kafka key and a log field. Of a digest of 32 bits, as ids once had, it is read as
 * well.
 *
 * @param value the text form
 */
public record CaptureId(String value) implements Comparable<CaptureId> {

  private static final Pattern TEXT =
      Pattern.compile(
          "[0-9]{8}T[0-9]{6}Z-[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?-(?:[0-9a-f]{8}){1,2}");

  private static final int DIGEST_BYTES = 8;

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Takes an id as it was written.
   *
   * @throws IllegalArgumentException if the text is not of this form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CaptureId {
    if (!TEXT.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must be like 20261122T223335Z-coredns-latency-3f9a2c7b51e0d846");
    }
  }

  /**
   * The same arguments give the same id, on every replica and after every restart; this is what
   * makes one incident one capture.
   *
   * @param time when the incident began, or when a person asked
   * @param rule a DNS label
   * @param identity what tells this capture from others of the same rule and second
   */
  public static CaptureId of(Instant time, String rule, String... identity) {
    MessageDigest sha256 = sha256();
    update(sha256, rule);
    update(sha256, time.toString());
    for (String part : identity) {
      update(sha256, part);
    }
    String digest = HexFormat.of().formatHex(sha256.digest(), 0, DIGEST_BYTES);
    return new CaptureId(SECOND.format(time) + "-" + rule + "-" + digest);
  }

  @JsonValue
  @Override
  public String value() {
    return value;
  }

  @Override
  public int compareTo(CaptureId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  /** A zero byte ends each part, so that ("ab", "c") and ("a", "bc") differ. */
  private static void update(MessageDigest digest, @Nullable String part) {
    digest.update(Constraints.present(part, "identity").getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
