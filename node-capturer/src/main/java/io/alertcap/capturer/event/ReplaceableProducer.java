package io.alertcap.capturer.event;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that is created when it is needed, and again after a failure, because some failures
 * leave it of no more use. One thread sends by it; any may discard it.
 */
final class ReplaceableProducer {

  private static final Logger log = LoggerFactory.getLogger(ReplaceableProducer.class);

  private final Supplier<Producer<String, byte[]>> producers;
  private volatile @Nullable Producer<String, byte[]> current;

  ReplaceableProducer(Supplier<Producer<String, byte[]>> producers) {
    this.producers = producers;
  }

  boolean isThere() {
    return current != null;
  }

  Producer<String, byte[]> get() {
    Producer<String, byte[]> known = current;
    if (known != null) {
      return known;
    }
    Producer<String, byte[]> created = producers.get();
    current = created;
    return created;
  }

  /** Closes it at once: what it has not sent is sent again by the next one. */
  void discard() {
    Producer<String, byte[]> known = current;
    current = null;
    if (known != null) {
      try {
        known.close(Duration.ZERO);
      } catch (KafkaException e) {
        log.debug("A producer that is of no more use was not closed", e);
      }
    }
  }
}
