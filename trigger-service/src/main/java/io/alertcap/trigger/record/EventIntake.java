package io.alertcap.trigger.record;

import io.alertcap.schemas.json.EventMessage;
import io.alertcap.schemas.json.Reading;
import io.alertcap.trigger.record.EventSink.Taken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what was read, and leaves out what cannot be taken in. Belongs to one thread. */
final class EventIntake {

  private static final Logger log = LoggerFactory.getLogger(EventIntake.class);

  private final EventSink sink;
  private final EventMeters meters;

  EventIntake(EventSink sink, EventMeters meters) {
    this.sink = sink;
    this.meters = meters;
  }

  /**
   * Hands on all of it, together with where to read on.
   *
   * @throws RecordUnavailable if nothing was taken in
   */
  Taken take(ConsumerRecords<String, EventMessage> messages, String topicId) {
    List<EventMessage.Known> events = new ArrayList<>();
    messages.forEach(message -> read(message).ifPresent(events::add));
    Map<Integer, ReadingPlace.Next> next = new HashMap<>();
    messages
        .nextOffsets()
        .forEach((partition, offset) ->
            next.put(
                partition.partition(),
                new ReadingPlace.Next(
                    partition.partition(), offset.offset(), offset.leaderEpoch())));
    Taken taken = takeAll(events, new ReadingPlace(topicId, next));
    if (taken == Taken.ALL) {
      events.forEach(meters::consumed);
    }
    return taken;
  }

  /** One event that meets a mistake of ours must not keep all others from being read, for ever. */
  private Taken takeAll(List<EventMessage.Known> events, ReadingPlace after) {
    try {
      return sink.take(events, after);
    } catch (RecordUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("Unexpected error while taking in {} events; now one by one", events.size(), e);
    }
    for (EventMessage.Known event : events) {
      if (takeOne(event, after.topicId()) == Taken.STARTED_OVER) {
        return Taken.STARTED_OVER;
      }
    }
    return sink.take(List.of(), after);
  }

  private Taken takeOne(EventMessage.Known event, String topicId) {
    try {
      return sink.take(List.of(event), new ReadingPlace(topicId, Map.of()));
    } catch (RecordUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("Skipped an event that cannot be taken in: {}", event, e);
      meters.malformed();
      return Taken.ALL;
    }
  }

  private Optional<EventMessage.Known> read(ConsumerRecord<String, EventMessage> message) {
    return switch (message.value()) {
      case EventMessage.Known known -> Optional.of(known);
      case EventMessage.UnknownType(String sentence) -> {
        log.debug("Left out an event, as {}", sentence);
        meters.unknown();
        yield Optional.empty();
      }
      case EventMessage.Malformed(Reading.Invalid<?> reason) -> {
        log.warn(
            "Skipped the event at {}-{}@{}: {}",
            message.topic(),
            message.partition(),
            message.offset(),
            reason.sentence());
        meters.malformed();
        yield Optional.empty();
      }
    };
  }
}
