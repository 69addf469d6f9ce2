package io.alertcap.trigger.alertmanager;

import io.alertcap.schemas.Alert;

/**
 * Cuts what is too long for a message. An alert with an overlong annotation is still an alert, so
 * nothing is refused for its length.
 */
final class Clip {

  private static final String MARK = "…";

  private static final char REPLACEMENT = '\uFFFD';

  private Clip() {}

  /**
   * At most {@link Alert#MAX_LENGTH} characters, the last of them an ellipsis if any are missing,
   * and always valid as UTF-8: a half surrogate pair, which JSON can spell, becomes U+FFFD.
   */
  static String text(String text) {
    return wellFormed(to(Alert.MAX_LENGTH, text));
  }

  /** How many bytes it takes in JSON, at most: control characters are written with six. */
  static int jsonBytes(String text) {
    return text.chars().map(c -> c < 0x20 ? 6 : c < 0x80 ? 2 : 3).sum();
  }

  static String to(int maxLength, String text) {
    if (text.length() <= maxLength) {
      return text;
    }
    int end = maxLength - MARK.length();
    boolean splitsPair = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splitsPair ? end - 1 : end) + MARK;
  }

  private static String wellFormed(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }
}
