package io.alertcap.trigger.record;

import io.alertcap.schemas.json.EventMessage;
import java.util.List;

/** What becomes of the events that are read. Called by one thread. */
public interface EventSink {

  /** Whether to read on. */
  enum Taken {
    /** All of it. */
    ALL,

    /** What was known is lost: {@link #begin} says where to read again. */
    STARTED_OVER
  }

  /**
   * Where to begin, of each partition; a partition that is not named is read from its beginning.
   *
   * @param topicId by which Kafka tells a topic from another that has had its name
   * @throws RecordUnavailable to be tried again
   */
  ReadingPlace begin(String topicId);

  /**
   * Takes in what was read; blocks for as long as the disk does.
   *
   * @param events in their order; to be called without any, too, since what could not be written
   *     before may be now
   * @param after where to read on
   * @throws RecordUnavailable if nothing was taken in, and the same is to be read again
   */
  Taken take(List<? extends EventMessage.Known> events, ReadingPlace after);
}
