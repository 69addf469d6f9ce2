package io.alertcap.capturer.dns;

import java.time.Duration;

/**
 * From where on figures are called a trouble. Shares are from 0 to 1.
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
