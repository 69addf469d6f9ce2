package io.alertcap.foundation.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;

/**
 * The key-value pairs of a line of text: {@code pod=web-0 filter="port 53"}. Values come from
 * alerts, too: a quote in one of them must not begin what looks like another pair.
 */
public final class FieldsConverter extends ClassicConverter {

  private static final Pattern BARE = Pattern.compile("[-A-Za-z0-9_./:@+,]+");

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder fields = new StringBuilder();
    Fields.of(event)
        .forEach((key, value) -> fields.append(' ').append(key).append('=').append(shown(value)));
    return fields.toString();
  }

  private static String shown(String value) {
    return BARE.matcher(value).matches()
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
