package io.alertcap.capturer.event;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.kafka.CloudEvent;
import java.util.Iterator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Kafka's records of events. One that would be too large leaves out what is least needed, and
 * says so: it would be refused for ever, and its capture never end. For one thread.
 */
final class EventMessages {

  private static final Logger log = LoggerFactory.getLogger(EventMessages.class);

  /**
   * In bytes. Producers and brokers take 1 MiB unless they are told otherwise, and headers, key and
   * framing are part of that.
   */
  static final int MOST_BYTES = 1_000_000;

  private final String topic;
  private final String source;
  private int mostBytes = MOST_BYTES;

  EventMessages(String topic, String source) {
    this.topic = topic;
    this.source = source;
  }

  /** The shortest version is what is tried where none is short enough. */
  ProducerRecord<String, byte[]> of(CaptureEvent event) {
    ProducerRecord<String, byte[]> whole = message(event);
    ProducerRecord<String, byte[]> message = whole;
    Iterator<CaptureEvent> shorter = ShortEvent.versions(event).iterator();
    while (message.value().length > mostBytes && shorter.hasNext()) {
      message = message(shorter.next());
    }
    if (message.value().length < whole.value().length) {
      log.warn(
          "The event {} of {} has {} bytes, and Kafka takes {}: {} are published, and the record beside the file has the rest",
          event.status().code(),
          event.id(),
          whole.value().length,
          mostBytes,
          message.value().length);
    }
    return message;
  }

  /** Brokers and topics may be told to take less. */
  void refused(ProducerRecord<String, byte[]> message) {
    mostBytes = Math.min(mostBytes, message.value().length - 1);
  }

  private ProducerRecord<String, byte[]> message(CaptureEvent event) {
    return CloudEvent.of(topic, event, source);
  }
}
