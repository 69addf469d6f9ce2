package io.alertcap.trigger.dispatch;

import io.alertcap.foundation.kafka.KafkaFailures;
import io.alertcap.foundation.signature.SigningKey;
import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.kafka.CloudEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Puts commands on Kafka, and then the events that say so. A {@code requested} event is sent only
 * once its command is acknowledged: whoever reads of a capture may rely on a node having been told
 * to make it. The price is a second round trip, shared by all requests of a call.
 *
 * <p>Where a call ends without success, some of its commands may be on Kafka, and others may still
 * leave the producer's buffer. That is harmless: a capture's id is a function of its alert and its
 * target, a node runs an id once, and the events of the node carry the whole request.
 *
 * <p>Thread-safe.
 */
public final class Dispatcher {

  private final Producer<String, byte[]> producer;
  private final Route route;
  private final Clock clock;
  private final MeterRegistry meters;

  /**
   * @param producer idempotent and with {@code acks=all}; how long one send may block is its {@code
   *     max.block.ms}
   */
  public Dispatcher(
      Producer<String, byte[]> producer, Route route, Clock clock, MeterRegistry meters) {
    this.producer = producer;
    this.route = route;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Where messages go and from whom.
   *
   * @param commandTopic keyed by node
   * @param eventTopic keyed by capture
   * @param source this service, as a URI reference: {@code /alertcap/trigger/host-1}
   * @param signing what its commands are signed with, if they are
   */
  public record Route(
      String commandTopic, String eventTopic, String source, Optional<SigningKey> signing) {}

  /**
   * Blocks until everything is acknowledged, anything fails, or the deadline is past, which it may
   * miss by one {@code max.block.ms}: never to be called on an event loop. An interrupt ends the
   * wait, and is kept.
   */
  public Dispatch dispatch(List<CaptureRequest> requests, Deadline deadline) {
    return dispatch(requests, List.of(), deadline);
  }

  /** The same, and ends captures that run. Of these no event is sent: their nodes tell of it. */
  public Dispatch dispatch(
      List<CaptureRequest> requests, List<CaptureCommand.Stop> stops, Deadline deadline) {
    Timer.Sample sample = Timer.start(meters);
    Dispatch outcome = send(requests, stops, deadline);
    String name =
        switch (outcome) {
          case Dispatch.Accepted accepted -> "accepted";
          case Dispatch.Unavailable unavailable -> "unavailable";
          case Dispatch.TooLarge tooLarge -> "too-large";
        };
    sample.stop(
        Timer.builder("alertcap.dispatch")
            .description("Time until Kafka had acknowledged the commands and events of a webhook")
            .tag("outcome", name)
            .publishPercentileHistogram()
            .register(meters));
    return outcome;
  }

  /**
   * Sends events alone, in the same way.
   *
   * @return why not all of them were acknowledged, if any was not
   */
  public Optional<String> tell(List<CaptureEvent> events, Deadline deadline) {
    return tellAll(
        events.stream()
            .map(event -> CloudEvent.of(route.eventTopic(), event, route.source()))
            .toList(),
        deadline);
  }

  /** The same of one who was given a file. */
  public Optional<String> tell(AccessEvent event, Deadline deadline) {
    return tellAll(List.of(CloudEvent.of(route.eventTopic(), event, route.source())), deadline);
  }

  private Optional<String> tellAll(
      List<ProducerRecord<String, byte[]>> messages, Deadline deadline) {
    try {
      acknowledged(messages, deadline);
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of("Kafka did not acknowledge in time");
    } catch (ExecutionException e) {
      return Optional.of(
          KafkaFailures.sentence(e.getCause() == null ? e : e.getCause(), AclOperation.WRITE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the service is stopping");
    } catch (InterruptException e) {
      return Optional.of("the service is stopping");
    } catch (KafkaException | IllegalStateException e) {
      return Optional.of(KafkaFailures.sentence(e, AclOperation.WRITE));
    }
  }

  private Dispatch send(
      List<CaptureRequest> requests, List<CaptureCommand.Stop> stops, Deadline deadline) {
    List<CaptureEvent.Requested> events =
        requests.stream().map(r -> new CaptureEvent.Requested(r, clock.instant())).toList();
    try {
      Stream<CaptureCommand> starts = requests.stream().map(CaptureCommand.Start::new);
      acknowledged(Stream.concat(starts, stops.stream()).map(this::command).toList(), deadline);
      acknowledged(events.stream().map(this::event).toList(), deadline);
      return new Dispatch.Accepted(events);
    } catch (TimeoutException e) {
      return new Dispatch.Unavailable("Kafka did not acknowledge in time");
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Dispatch.Unavailable("the service is stopping");
    } catch (InterruptException e) {
      return new Dispatch.Unavailable("the service is stopping");
    } catch (KafkaException | IllegalStateException e) {
      return failed(e);
    }
  }

  private ProducerRecord<String, byte[]> command(CaptureCommand command) {
    ProducerRecord<String, byte[]> message =
        CloudEvent.of(route.commandTopic(), command, route.source(), clock.instant());
    return route.signing().map(key -> key.sign(message)).orElse(message);
  }

  private ProducerRecord<String, byte[]> event(CaptureEvent.Requested requested) {
    return CloudEvent.of(route.eventTopic(), requested, route.source());
  }

  /** Sends all, so that they travel together, and only then waits. */
  private void acknowledged(List<ProducerRecord<String, byte[]>> messages, Deadline deadline)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
    for (ProducerRecord<String, byte[]> message : messages) {
      if (deadline.remaining().isZero()) {
        throw new TimeoutException();
      }
      Future<RecordMetadata> result = producer.send(message);
      if (result.state() == Future.State.FAILED) {
        throw new ExecutionException(result.exceptionNow());
      }
      sent.add(result);
    }
    for (Future<RecordMetadata> result : sent) {
      var unused = result.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static Dispatch failed(Throwable cause) {
    return cause instanceof RecordTooLargeException
        ? new Dispatch.TooLarge("a command is too large for Kafka: " + cause.getMessage())
        : new Dispatch.Unavailable(
            "Kafka did not take the command: " + KafkaFailures.sentence(cause, AclOperation.WRITE));
  }
}
