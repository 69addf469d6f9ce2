package io.alertcap.trigger.web;

import java.util.regex.Pattern;

/** Text of others for one line of a log: short, and without characters that a terminal obeys. */
final class LogText {

  private static final int MAX_LENGTH = 200;
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private LogText() {}

  static String of(String text) {
    String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    return NOT_SHOWN.matcher(shown).replaceAll("?");
  }
}
