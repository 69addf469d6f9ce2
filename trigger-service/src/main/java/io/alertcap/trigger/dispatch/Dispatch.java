package io.alertcap.trigger.dispatch;

import io.alertcap.schemas.CaptureEvent;
import java.util.List;

/** What came of sending commands. */
public sealed interface Dispatch {

  /**
   * Every command and every event is on Kafka.
   *
   * @param events one for each request, in their order
   */
  record Accepted(List<CaptureEvent.Requested> events) implements Dispatch {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * Not everything was acknowledged in time; the same requests may be sent again.
   *
   * @param reason a sentence for people
   */
  record Unavailable(String reason) implements Dispatch {}

  /**
   * A command is larger than Kafka takes; sent again, it would fail again.
   *
   * @param reason a sentence for people
   */
  record TooLarge(String reason) implements Dispatch {}
}
