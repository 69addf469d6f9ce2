package io.alertcap.trigger.kubernetes;

import io.alertcap.schemas.CaptureEvent;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever looks at a pod that it is captured: {@code kubectl describe pod} shows it. A
 * courtesy, which nothing waits for and nothing depends on. Every replica, and every restart, would
 * say the same: an event's name is a function of what it says, and who comes second is refused.
 */
final class PodEvents implements Consumer<CaptureEvent>, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PodEvents.class);

  private static final int QUEUE = 1000;

  /**
   * What happened earlier is read again at every start, and has been told. As long as a replica may
   * take to come back.
   */
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final PodEventText text;
  private final Clock clock;
  private final MeterRegistry meters;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          Thread.ofPlatform().name("pod-events").daemon().factory());

  /** Only the one thread touches it. */
  private boolean failing;

  PodEvents(KubernetesClient client, String instance, Clock clock, MeterRegistry meters) {
    this.client = client;
    this.text = new PodEventText(instance);
    this.clock = clock;
    this.meters = meters;
  }

  /** Returns at once; where too many wait already, this one is dropped. */
  @Override
  public void accept(CaptureEvent event) {
    if (event.at().isBefore(clock.instant().minus(RECENT))) {
      return;
    }
    text.of(event)
        .ifPresent(told -> {
          try {
            thread.execute(() -> create(told));
          } catch (RejectedExecutionException full) {
            count("dropped");
          }
        });
  }

  private void create(Event event) {
    try {
      var unused =
          client
              .events()
              .v1()
              .events()
              .inNamespace(event.getMetadata().getNamespace())
              .resource(event)
              .create();
      recovered();
      count("created");
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        recovered();
        count("duplicate");
      } else {
        failed(e);
      }
    }
  }

  private void recovered() {
    if (failing) {
      log.info("Events of pods are taken again");
    }
    failing = false;
  }

  private void failed(KubernetesClientException e) {
    if (!failing) {
      log.warn("Events of pods are not taken, which harms no capture: {}", Failures.sentence(e));
    }
    failing = true;
    count("failed");
  }

  private void count(String result) {
    Counter.builder("alertcap.pod.events")
        .description("Events about captures for the pods' API objects")
        .tag("result", result)
        .register(meters)
        .increment();
  }

  /** What still waits is dropped. */
  @Override
  public void close() {
    var unused = thread.shutdownNow();
  }
}
