package io.alertcap.trigger.record;

import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.json.EventMessage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted while events are read. */
final class EventMeters {

  private final MeterRegistry registry;
  private final Map<String, Counter> consumed = new HashMap<>();
  private final Counter malformed;
  private final Counter unknown;
  private final AtomicLong lag = new AtomicLong();

  EventMeters(MeterRegistry registry) {
    this.registry = registry;
    this.unknown = counter("unknown");
    this.malformed =
        Counter.builder("alertcap.events.malformed")
            .description("Messages on the events topic that could not be read, and were skipped")
            .register(registry);
    Gauge.builder("alertcap.events.lag", lag, AtomicLong::get)
        .description("Messages on the events topic that are still to be read")
        .register(registry);
  }

  /** Looked up once for each type, not for each of a hundred thousand events. */
  void consumed(EventMessage.Known event) {
    String type =
        switch (event) {
          case EventMessage.Step(CaptureEvent step) -> step.status().code();
          case EventMessage.Accessed accessed -> AccessEvent.TYPE;
        };
    consumed.computeIfAbsent(type, this::counter).increment();
  }

  private Counter counter(String type) {
    return Counter.builder("alertcap.events.consumed")
        .description("Events read, those of the replay at start among them")
        .tag("type", type)
        .register(registry);
  }

  /** Of a type that is newer than this version. */
  void unknown() {
    unknown.increment();
  }

  void malformed() {
    malformed.increment();
  }

  void lag(long messages) {
    lag.set(messages);
  }
}
