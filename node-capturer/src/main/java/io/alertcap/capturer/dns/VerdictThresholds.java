package io.alertcap.capturer.dns;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.time.Duration;

/**
 * From where on figures are called a trouble: the section {@code capture.verdict}. Shares are from
 * 0 to 1.
 *
 * @param fewestQueries of those that the target serves, or sends, nothing is said about fewer
 * @param answerTimeout a query without an answer for so long is unanswered, an answer after it late
 * @param unansweredShare of the queries whose time for an answer was over
 * @param slowAnswer an answer that takes longer is slow
 * @param slowShare of all answers, slow ones
 * @param upstreamShare of a served query's time: from here on its upstream made it slow
 * @param nxdomainShare of all answers
 * @param truncatedShare of all answers
 * @param conntrackRaces pairs of queries that show the pattern
 */
public record VerdictThresholds(
    int fewestQueries,
    Duration answerTimeout,
    double unansweredShare,
    Duration slowAnswer,
    double slowShare,
    double upstreamShare,
    double nxdomainShare,
    double truncatedShare,
    int conntrackRaces) {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  /**
   * 20 queries; 5 s, the time-out of glibc's resolver; 1 % unanswered, since each costs its client
   * those 5 s; 5 % of answers slower than 100 ms, of which the upstream took 70 %; half of all
   * answers NXDOMAIN; 10 % truncated; 2 races, as one may be a coincidence.
   */
  public static final VerdictThresholds DEFAULTS =
      new VerdictThresholds(
          20, Duration.ofSeconds(5), 0.01, Duration.ofMillis(100), 0.05, 0.7, 0.5, 0.1, 2);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not positive, or a share is above 1
   */
  public VerdictThresholds {
    positive(fewestQueries, "fewestQueries");
    positive(answerTimeout.toNanos(), "answerTimeout");
    share(unansweredShare, "unansweredShare");
    positive(slowAnswer.toNanos(), "slowAnswer");
    share(slowShare, "slowShare");
    share(upstreamShare, "upstreamShare");
    share(nxdomainShare, "nxdomainShare");
    share(truncatedShare, "truncatedShare");
    positive(conntrackRaces, "conntrackRaces");
  }

  /** Reads the section {@code capture.verdict}. */
  public static Setting<VerdictThresholds> from(Section verdict) {
    Setting<Integer> fewestQueries =
        verdict.integer("fewestQueries").atLeast(1).orElse(DEFAULTS.fewestQueries);
    Setting<Duration> answerTimeout =
        verdict.duration("answerTimeout").atLeast(SHORTEST).orElse(DEFAULTS.answerTimeout);
    Setting<Double> unansweredShare = share(verdict, "unansweredShare", DEFAULTS.unansweredShare);
    Setting<Duration> slowAnswer =
        verdict.duration("slowAnswer").atLeast(SHORTEST).orElse(DEFAULTS.slowAnswer);
    Setting<Double> slowShare = share(verdict, "slowShare", DEFAULTS.slowShare);
    Setting<Double> upstreamShare = share(verdict, "upstreamShare", DEFAULTS.upstreamShare);
    Setting<Double> nxdomainShare = share(verdict, "nxdomainShare", DEFAULTS.nxdomainShare);
    Setting<Double> truncatedShare = share(verdict, "truncatedShare", DEFAULTS.truncatedShare);
    Setting<Integer> conntrackRaces =
        verdict.integer("conntrackRaces").atLeast(1).orElse(DEFAULTS.conntrackRaces);
    return verdict.build(() ->
        new VerdictThresholds(
            fewestQueries.get(),
            answerTimeout.get(),
            unansweredShare.get(),
            slowAnswer.get(),
            slowShare.get(),
            upstreamShare.get(),
            nxdomainShare.get(),
            truncatedShare.get(),
            conntrackRaces.get()));
  }

  private static Setting<Double> share(Section verdict, String key, double otherwise) {
    return verdict
        .decimal(key)
        .check(value -> value > 0 && value <= 1, "must be above 0 and at most 1")
        .orElse(otherwise);
  }

  private static void positive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }

  private static void share(double value, String name) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be above 0 and at most 1");
    }
  }
}
