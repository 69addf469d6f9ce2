package io.alertcap.foundation.log;

import ch.qos.logback.classic.LoggerContext;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** What the variable {@code ALERTCAP_LOG_FORMAT} asks for, as {@code logback.xml} reads it. */
public enum LogFormat {
  /** For people: also what anything but {@code json} means. */
  TEXT,
  /** An object a line, with the field names of the Elastic Common Schema. */
  JSON;

  /** The property of Logback's context from which {@link EcsLines} takes {@code service.name}. */
  static final String SERVICE = "alertcap.service";

  public static LogFormat of(Map<String, String> environment) {
    return "json".equals(environment.get("ALERTCAP_LOG_FORMAT")) ? JSON : TEXT;
  }

  /** Says in whose name all lines of this process are written, as {@code alertcap-trigger}. */
  public static void nameService(String name) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty(SERVICE, name);
    }
  }
}
