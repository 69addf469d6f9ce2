package io.alertcap.trigger.rule;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A text in double quotes, with the escape sequences of Go's string literals ({@code
 * strconv.Unquote}). Some of those stand for single bytes, so bytes are gathered and then decoded.
 */
final class QuotedText {

  private static final int MAX_BYTE = 0xff;

  private final Cursor cursor;
  private final int start;
  private final ByteArrayOutputStream utf8 = new ByteArrayOutputStream();

  /**
   * @param cursor at the opening quote
   */
  QuotedText(Cursor cursor) {
    this.cursor = cursor;
    this.start = cursor.position();
  }

  /** Leaves the cursor behind the closing quote. */
  String read() {
    cursor.take();
    while (!cursor.accept("\"")) {
      if (cursor.isAtEnd()) {
        throw cursor.errorAt(start, "the closing quote is missing");
      }
      if (cursor.isAt('\n')) {
        throw cursor.errorAt(cursor.position(), "a line break in quotes is written \\n");
      }
      if (cursor.isAt('\\')) {
        escape();
      } else {
        append(cursor.take());
      }
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(utf8.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw cursor.errorAt(start, "the bytes between the quotes are not UTF-8");
    }
  }

  private void escape() {
    int backslash = cursor.position();
    cursor.take();
    if (cursor.isAtEnd()) {
      throw cursor.errorAt(start, "the closing quote is missing");
    }
    int c = cursor.take();
    switch (c) {
      case 'a' -> utf8.write('\u0007');
      case 'b' -> utf8.write('\b');
      case 'f' -> utf8.write('\f');
      case 'n' -> utf8.write('\n');
      case 'r' -> utf8.write('\r');
      case 't' -> utf8.write('\t');
      case 'v' -> utf8.write('\u000b');
      case '\\', '"' -> utf8.write(c);
      case 'x' -> utf8.write(number(backslash, 0, 2, 16, MAX_BYTE));
      case 'u' -> append(character(backslash, 4));
      case 'U' -> append(character(backslash, 8));
      case '0', '1', '2', '3', '4', '5', '6', '7' ->
          utf8.write(number(backslash, c - '0', 2, 8, MAX_BYTE));
      default -> throw unknown(backslash);
    }
  }

  private int character(int backslash, int digits) {
    int character = number(backslash, 0, digits, 16, Character.MAX_CODE_POINT);
    if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
      throw unknown(backslash);
    }
    return character;
  }

  private int number(int backslash, int begun, int digits, int radix, int most) {
    long value = begun;
    for (int i = 0; i < digits; i++) {
      int c = cursor.isAtEnd() || cursor.isAt('"') ? -1 : cursor.take();
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw unknown(backslash);
      }
      value = value * radix + digit;
    }
    if (value > most) {
      throw unknown(backslash);
    }
    return (int) value;
  }

  private IllegalArgumentException unknown(int backslash) {
    String sequence = cursor.since(backslash);
    return cursor.errorAt(
        backslash,
        sequence + " is no escape sequence; a backslash itself is written \\\\ in quotes");
  }

  private void append(int codePoint) {
    utf8.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }
}
