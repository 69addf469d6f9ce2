package io.alertcap.foundation.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.event.KeyValuePair;

/** The key-value pairs of a line, in its order; those without a value are left out. */
final class Fields {

  private Fields() {}

  static Map<String, String> of(ILoggingEvent event) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        String value = Objects.toString(pair.value, "");
        if (!value.isEmpty()) {
          fields.put(pair.key, value);
        }
      }
    }
    return fields;
  }
}
