package io.alertcap.capturer.upload;

import io.alertcap.foundation.health.Readiness;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on {@code /readyz} whether the store can be used: asks it, and is told what uploads find.
 */
final class StoreWatch {

  private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);

  private final ArtifactStore store;
  private final Readiness readiness;
  private volatile Optional<String> problem = Optional.of("not asked yet");

  StoreWatch(ArtifactStore store, Readiness readiness) {
    this.store = store;
    this.readiness = readiness;
  }

  /** Asks for the bucket, unless the last answer was good. */
  void probe() {
    if (problem.isPresent()) {
      answered(store.probe());
    }
  }

  /** The store has answered, or not. */
  void answered(StoreAnswer answer) {
    switch (answer) {
      case StoreAnswer.Done done -> {
        problem = Optional.empty();
        readiness.ready();
      }
      case StoreAnswer.Failed(String reason, boolean unused) -> failed(reason);
    }
  }

  private void failed(String reason) {
    boolean isNews = !problem.equals(Optional.of(reason));
    problem = Optional.of(reason);
    readiness.notReady(reason);
    if (isNews) {
      log.warn("Captures are kept on the node for now: {}", reason);
    }
  }
}
