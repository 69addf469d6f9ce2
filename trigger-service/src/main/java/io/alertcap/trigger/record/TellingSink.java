package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.json.EventMessage;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells somebody of each step of a capture once it is on record.
 *
 * @param record takes events in
 * @param listener must not wait for anything
 */
public record TellingSink(EventSink record, Consumer<CaptureEvent> listener) implements EventSink {

  @Override
  public ReadingPlace begin(String topicId) {
    return record.begin(topicId);
  }

  @Override
  public Taken take(List<? extends EventMessage.Known> events, ReadingPlace after) {
    Taken taken = record.take(events, after);
    if (taken == Taken.ALL) {
      for (EventMessage.Known event : events) {
        if (event instanceof EventMessage.Step(CaptureEvent step)) {
          listener.accept(step);
        }
      }
    }
    return taken;
  }
}
