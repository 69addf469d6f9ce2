package io.alertcap.capturer.meter;

import io.alertcap.schemas.CaptureId;
import org.slf4j.MDC;

/** Marks the log lines of a thread with the capture that they are about. */
public final class LogContext {

  private static final String CAPTURE_ID = "captureId";

  private LogContext() {}

  /** Does the work, on this thread, with every line marked. */
  public static void during(CaptureId id, Runnable work) {
    MDC.put(CAPTURE_ID, id.value());
    try {
      work.run();
    } finally {
      MDC.remove(CAPTURE_ID);
    }
  }
}
