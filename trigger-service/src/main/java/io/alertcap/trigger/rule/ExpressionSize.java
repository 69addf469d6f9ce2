package io.alertcap.trigger.rule;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a regular expression is when its counted repetitions are written out, which is what
 * compiling and matching it cost: {@code (a{100}){100}} has 10,000 parts. It need not be valid.
 */
final class ExpressionSize {

  private static final int MAX_PARTS = 10_000;
  private static final int MAX_DEPTH = 100;

  private final Cursor cursor;

  /** Of each group that is open here, the parts before it. */
  private final Deque<Long> outside = new ArrayDeque<>();

  private long parts;
  private long lastPart;

  private ExpressionSize(String expression) {
    this.cursor = new Cursor(expression);
  }

  /**
   * @throws IllegalArgumentException if the expression is larger than a matcher may be
   */
  static void check(String expression) {
    new ExpressionSize(expression).read();
  }

  private void read() {
    while (!cursor.isAtEnd()) {
      if (cursor.accept("\\")) {
        escape();
      } else if (cursor.accept("[")) {
        characterClass();
      } else if (cursor.accept("(")) {
        open();
      } else if (cursor.accept(")")) {
        close();
      } else if (cursor.accept("{")) {
        repetition();
      } else {
        cursor.take();
        add(1);
      }
      if (parts + lastPart > MAX_PARTS) {
        throw new IllegalArgumentException(
            "a regular expression must have at most "
                + MAX_PARTS
                + " parts when its repetitions are written out");
      }
    }
  }

  private void add(long size) {
    parts += lastPart;
    lastPart = size;
  }

  private void escape() {
    if (cursor.accept("Q")) {
      while (!cursor.isAtEnd() && !cursor.accept("\\E")) {
        cursor.take();
        add(1);
      }
      return;
    }
    add(1);
    int kind = cursor.isAtEnd() ? 0 : cursor.take();
    if ("pPx".indexOf(kind) >= 0 && cursor.accept("{")) {
      cursor.takeWhile(c -> c != '}');
    }
  }

  /** A bracket that comes first, after ^ or not, stands for itself. */
  private void characterClass() {
    add(1);
    cursor.accept("^");
    cursor.accept("]");
    while (!cursor.isAtEnd() && !cursor.accept("]")) {
      if (cursor.accept("[:")) {
        cursor.takeWhile(c -> c >= 'a' && c <= 'z');
        cursor.accept(":]");
      } else if (cursor.take() == '\\' && !cursor.isAtEnd()) {
        cursor.take();
      }
    }
  }

  private void open() {
    if (outside.size() == MAX_DEPTH) {
      throw new IllegalArgumentException(
          "a regular expression must be nested at most " + MAX_DEPTH + " deep");
    }
    outside.push(parts + lastPart);
    parts = 0;
    lastPart = 0;
  }

  private void close() {
    long group = parts + lastPart + 2;
    parts = outside.isEmpty() ? 0 : outside.pop();
    lastPart = group;
  }

  private void repetition() {
    long least = count();
    long most = cursor.accept(",") ? count() : least;
    if (cursor.accept("}")) {
      lastPart *= Math.max(1, Math.max(least, most));
    } else {
      add(1);
    }
  }

  private long count() {
    String digits = cursor.takeWhile(c -> c >= '0' && c <= '9');
    return digits.isEmpty() ? 0 : Long.parseLong(digits.substring(0, Math.min(digits.length(), 6)));
  }
}
