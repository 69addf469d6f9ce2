package io.alertcap.trigger.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads matchers by the grammar of Alertmanager's UTF-8 parser ({@code matcher/parse} in its
 * source). Its older grammar is not tried when this one fails: it reads some texts differently.
 *
 * <pre>
 * matchers = [ "{" ] [ matcher { "," matcher } [ "," ] ] [ "}" ]
 * matcher  = word ( "=" | "!=" | "=~" | "!~" ) word
 * word     = quoted | one or more characters other than white space and { } ! = ~ , \ " ' `
 * </pre>
 */
final class MatcherParser {

  private static final String RESERVED = "{}!=~,\\\"'`";

  private final Cursor cursor;

  MatcherParser(String text) {
    this.cursor = new Cursor(text);
  }

  List<Matcher> matchers() {
    cursor.skipSpace();
    boolean braces = cursor.accept("{");
    List<Matcher> matchers = new ArrayList<>();
    do {
      cursor.skipSpace();
      if (cursor.isAtEnd() || cursor.isAt('}')) {
        break;
      }
      matchers.add(matcher());
      cursor.skipSpace();
    } while (cursor.accept(","));
    if (braces && !cursor.accept("}")) {
      throw cursor.expected("a comma or a closing brace");
    }
    cursor.skipSpace();
    if (!cursor.isAtEnd()) {
      throw cursor.expected(matchers.isEmpty() ? "the end" : "a comma or the end");
    }
    return List.copyOf(matchers);
  }

  private Matcher matcher() {
    int start = cursor.position();
    String label = word().orElseThrow(() -> cursor.expected("a label's name"));
    if (label.isEmpty()) {
      throw cursor.errorAt(start, "a label's name must not be empty");
    }
    cursor.skipSpace();
    String sign = sign();
    cursor.skipSpace();
    int valueStart = cursor.position();
    String value = word().orElseThrow(() -> cursor.expected("a value; \"\" is the empty one"));
    try {
      return Matcher.of(label, sign, value);
    } catch (IllegalArgumentException e) {
      throw cursor.errorAt(valueStart, String.valueOf(e.getMessage()));
    }
  }

  private String sign() {
    for (String sign : List.of("=~", "=", "!=", "!~")) {
      if (cursor.accept(sign)) {
        return sign;
      }
    }
    throw cursor.expected("one of =, !=, =~ and !~");
  }

  private Optional<String> word() {
    if (cursor.isAt('"')) {
      return Optional.of(new QuotedText(cursor).read());
    }
    String unquoted = cursor.takeWhile(c -> !Cursor.isSpace(c) && RESERVED.indexOf(c) < 0);
    return unquoted.isEmpty() ? Optional.empty() : Optional.of(unquoted);
  }
}
