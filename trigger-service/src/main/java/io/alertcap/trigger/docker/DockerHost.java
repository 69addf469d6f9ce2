package io.alertcap.trigger.docker;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.health.RecurringTasks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Keeps looking at the containers of a host. What was seen last stays, while Docker is away. */
public final class DockerHost implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DockerHost.class);

  private final EngineApi docker;
  private final DockerSettings settings;
  private final DockerCatalog catalog = new DockerCatalog();
  private final Readiness readiness;
  private final CountDownLatch known = new CountDownLatch(1);
  private final RecurringTasks thread;
  private boolean away;

  private DockerHost(DockerSettings settings, Health health) {
    this.docker = new EngineApi(settings.socket());
    this.settings = settings;
    this.readiness = health.readiness("catalog");
    this.thread = health.recurring("docker");
  }

  /**
   * Begins to look, without waiting for Docker.
   *
   * @param health is told under {@code catalog} whether Docker answers
   */
  public static DockerHost open(DockerSettings settings, Health health) {
    DockerHost host = new DockerHost(settings, health);
    host.thread.every(settings.refresh(), host::look);
    return host;
  }

  public DockerCatalog catalog() {
    return catalog;
  }

  /** Waits until the containers are known that run now, and says whether it came to that. */
  public boolean awaitKnown(Duration patience) {
    try {
      return known.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return catalog.isKnown();
    }
  }

  private void look() {
    try {
      List<DockerContainer> containers =
          docker
              .containers()
              .valueStream()
              .map(container -> DockerContainer.from(container, settings.node()))
              .toList();
      catalog.show(containers);
      known.countDown();
      back();
    } catch (IOException e) {
      lost(String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      lost("its answer is no JSON: " + e.getOriginalMessage());
    } catch (RuntimeException e) {
      log.error("Unexpected error while reading Docker's answer", e);
      lost("its answer was not understood: " + e.getMessage());
    }
  }

  private void back() {
    if (away) {
      log.info("Docker answers again.");
    }
    away = false;
    readiness.ready();
  }

  private void lost(String reason) {
    String problem =
        "Docker cannot be asked on %s (%s): check catalog.socket, and that this user may open it"
            .formatted(settings.socket(), reason);
    if (!away) {
      log.warn("{}; until then, what was seen last is used.", problem);
    }
    away = true;
    readiness.interrupted(problem);
  }

  @Override
  public void close() {
    thread.close();
  }
}
