package io.alertcap.foundation.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.EcsJsonSerializer;
import co.elastic.logging.logback.EcsEncoder;

/**
 * Elastic's encoder, and what it leaves out: the key-value pairs of a line, as fields of the same
 * names, and the service that writes it, whose name is not known yet when Logback starts.
 */
public final class EcsLines extends EcsEncoder {

  @Override
  protected void addCustomFields(ILoggingEvent event, StringBuilder line) {
    EcsJsonSerializer.serializeServiceName(
        line,
        event.getLoggerContextVO().getPropertyMap().getOrDefault(LogFormat.SERVICE, "alertcap"));
    Fields.of(event).forEach((key, value) -> EcsJsonSerializer.serializeMdcEntry(line, key, value));
  }
}
