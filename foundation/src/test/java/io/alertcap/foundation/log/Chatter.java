package io.alertcap.foundation.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Logs what a service might, and writes one line to stdout, as the launcher's {@code --output
 * json}.
 */
final class Chatter {

  private static final Logger LOG = LoggerFactory.getLogger(Chatter.class);

  private Chatter() {}

  public static void main(String[] arguments) {
    LOG.debug("details");
    LOG.info("alert says {}", "hello\nERROR forged");
    MDC.put("captureId", "c-1");
    LogFormat.nameService("alertcap-chatter");
    LOG.atWarn()
        .addKeyValue("packets", 7)
        .addKeyValue("nothing", "")
        .addKeyValue("path", "/a \"b\"\n")
        .log("capture \"ends\"");
    MDC.remove("captureId");
    LOG.error("broken", new IllegalStateException("why"));
    LoggerFactory.getLogger("org.apache.kafka.clients.Metadata").info("chatter");
    LoggerFactory.getLogger("software.amazon.awssdk.request").warn("worth knowing");
    System.out.println("result");
  }
}
