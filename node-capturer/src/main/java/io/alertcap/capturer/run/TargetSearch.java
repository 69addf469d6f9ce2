package io.alertcap.capturer.run;

import io.alertcap.capturer.policy.Budgets;
import io.alertcap.capturer.retry.Backoff;
import io.alertcap.capturer.run.TargetNamespaces.Opening;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a capture's target until it is there, since containers start again, and Alertmanager,
 * which was told that all is well, asks again in hours only. Holds no budget while it waits.
 */
final class TargetSearch {

  /** Rules let no command live longer; others may say what they like. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int LOOKS_AT_A_START = 2;

  private static final Logger log = LoggerFactory.getLogger(TargetSearch.class);

  /** A look at all processes of a large node takes some 40 ms. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(5));

  private final CaptureRequest request;
  private final TargetNamespaces namespaces;
  private final Budgets budgets;
  private final Clock clock;
  private final Pause pause;

  /** Waits, and ends early where the capture is stopped. */
  interface Pause {
    /**
     * Blocks for so long at most.
     *
     * @return whether to go on
     */
    boolean take(Duration atMost);
  }

  TargetSearch(
      CaptureRequest request,
      TargetNamespaces namespaces,
      Budgets budgets,
      Clock clock,
      Pause pause) {
    this.request = request;
    this.namespaces = namespaces;
    this.budgets = budgets;
    this.clock = clock;
    this.pause = pause;
  }

  /** Blocks until the target is there, its command expires, or the capture is stopped. */
  Opening run() {
    Instant latest = clock.instant().plus(LONGEST);
    Instant end = request.expiresAt().isBefore(latest) ? request.expiresAt() : latest;
    Opening opening = namespaces.open(request.target());
    int tries = 1;
    while (opening instanceof Opening.Closed(Failure failure)
        && (Failures.mayCome(failure, request.target())
            || isForPlace(failure, tries)
            || mayBeStarting(failure, tries))) {
      if (!waits(failure, tries, end)) {
        return tries == 1 || !Failures.mayCome(failure, request.target())
            ? opening
            : new Opening.Closed(Failures.inTheEnd(failure, tries));
      }
      opening = withinBudget(namespaces.open(request.target()));
      tries++;
    }
    return opening;
  }

  /**
   * A container's first process is in the namespace of whoever starts it, until it joins the pod's:
   * for some milliseconds, which a crash loop makes likely to be met.
   */
  private boolean mayBeStarting(Failure failure, int tries) {
    Target target = request.target();
    return tries < LOOKS_AT_A_START
        && !target.hostNetwork()
        && (target.podUid().isPresent() || target.containerId().isPresent())
        && (failure.code() == FailureCode.HOST_NETWORK_DENIED
            || failure.code() == FailureCode.POLICY_DENIED);
  }

  /** What waited for its target goes on to wait where others that did have all places. */
  private static boolean isForPlace(Failure failure, int tries) {
    return tries > 1 && failure.code() == FailureCode.BUDGET_EXCEEDED;
  }

  private boolean waits(Failure failure, int tries, Instant end) {
    Duration left = Duration.between(clock.instant(), end);
    if (!left.isPositive() || !budgets.mayWait(request.id())) {
      return false;
    }
    if (tries == 1) {
      log.info("{} Looking for it until {}.", failure.message(), end);
    }
    Duration delay = BACKOFF.delay(tries, ThreadLocalRandom.current());
    return pause.take(delay.compareTo(left) < 0 ? delay : left);
  }

  /** Others may have taken its place while it waited. */
  private Opening withinBudget(Opening opening) {
    if (!(opening instanceof Opening.Open open)) {
      return opening;
    }
    Optional<Failure> refusal = budgets.enter(request);
    refusal.ifPresent(any -> open.namespace().close());
    return refusal.<Opening>map(Opening.Closed::new).orElse(opening);
  }
}
