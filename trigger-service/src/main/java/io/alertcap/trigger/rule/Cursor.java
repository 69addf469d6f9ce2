package io.alertcap.trigger.rule;

import java.util.function.IntPredicate;

/** A place in a text that is being read. Positions count characters (code points) from 0. */
final class Cursor {

  private static final int MAX_SHOWN = 20;

  private final int[] text;
  private int position;

  Cursor(String text) {
    this.text = text.codePoints().toArray();
  }

  /** White_Space as Unicode defines it, and Go's {@code unicode.IsSpace} with it. */
  static boolean isSpace(int c) {
    return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
  }

  int position() {
    return position;
  }

  boolean isAtEnd() {
    return position == text.length;
  }

  boolean isAt(int c) {
    return position < text.length && text[position] == c;
  }

  /** The character here, after which the cursor then is. */
  int take() {
    return text[position++];
  }

  String takeWhile(IntPredicate condition) {
    int start = position;
    while (position < text.length && condition.test(text[position])) {
      position++;
    }
    return new String(text, start, position - start);
  }

  boolean accept(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (position + i >= text.length || text[position + i] != ascii.charAt(i)) {
        return false;
      }
    }
    position += ascii.length();
    return true;
  }

  void skipSpace() {
    while (position < text.length && isSpace(text[position])) {
      position++;
    }
  }

  String since(int start) {
    return new String(text, start, position - start);
  }

  /** An error here: something else should be here. */
  IllegalArgumentException expected(String what) {
    int shown = Math.min(text.length - position, MAX_SHOWN);
    String found = isAtEnd() ? "the end" : "'" + new String(text, position, shown) + "'";
    return errorAt(position, "expected " + what + ", found " + found);
  }

  /** Columns are counted from 1, as editors do. */
  IllegalArgumentException errorAt(int start, String message) {
    return new IllegalArgumentException("column " + (start + 1) + ": " + message);
  }
}
