package io.alertcap.capturer.dns;

import io.alertcap.capturer.statistics.AgeTable;
import org.jspecify.annotations.Nullable;

/**
 * A query and what became of it. Times are nanoseconds since the epoch, by the capture's clock.
 * Changed by {@link TransactionTable} and {@link Forwarding} while it is open.
 *
 * <p>The object becomes another transaction once nobody keeps it: an observer that wants to know
 * something later copies it.
 */
final class Transaction extends AgeTable.Entry<Transaction> {

  private static final long NEVER = Long.MIN_VALUE;

  /** A day; longer ones, as by time stamps that make no sense, count as that. */
  private static final long LONGEST_NANOS = 24L * 3600 * 1_000_000_000;

  private final Exchange exchange = new Exchange();
  private final Question question = new Question();
  private long askedAt;
  private long answeredAt;
  private int interfaceIndex;
  private int answerInterface;
  private int ednsBytes;
  private int rcode;
  private boolean again;
  private boolean truncated;
  private @Nullable Transaction upstream;
  private int keepers;

  /**
   * Makes this a query that was just seen, which the caller keeps.
   *
   * @param newEdnsBytes the UDP payload that the client takes, 0 without EDNS
   * @param isAgain whether the same was asked before, and given up
   */
  void begin(
      Exchange newExchange,
      Question newQuestion,
      long at,
      int onInterface,
      int newEdnsBytes,
      boolean isAgain) {
    exchange.set(newExchange);
    question.set(newQuestion);
    askedAt = at;
    answeredAt = NEVER;
    interfaceIndex = onInterface;
    answerInterface = onInterface;
    ednsBytes = newEdnsBytes;
    rcode = 0;
    again = isAgain;
    truncated = false;
    upstream = null;
    keepers = 1;
  }

  void answer(long at, DnsMessage message, int onInterface) {
    answeredAt = at;
    rcode = message.rcode();
    truncated = message.isTruncated();
    answerInterface = onInterface;
  }

  /** Notes the first query that was sent on to find the answer, and keeps it. */
  void forward(Transaction sentOn) {
    if (upstream == null) {
      upstream = sentOn;
      sentOn.keepers++;
    }
  }

  /** Forgets the query that was sent on, and returns it for the caller to let go. */
  @Nullable Transaction forgetUpstream() {
    Transaction forgotten = upstream;
    upstream = null;
    return forgotten;
  }

  /** One who kept this does not any more; true if nobody else does. */
  boolean letGo() {
    return --keepers == 0;
  }

  Exchange exchange() {
    return exchange;
  }

  Question question() {
    return question;
  }

  long askedAt() {
    return askedAt;
  }

  int interfaceIndex() {
    return interfaceIndex;
  }

  int answerInterface() {
    return answerInterface;
  }

  int ednsBytes() {
    return ednsBytes;
  }

  boolean isAgain() {
    return again;
  }

  boolean isAnswered() {
    return answeredAt != NEVER;
  }

  /**
   * From the first time it was asked to the first answer, 0 where times go back; with {@link
   * #isAnswered} only.
   */
  long latencyNanos() {
    return Math.clamp(answeredAt - askedAt, 0, LONGEST_NANOS);
  }

  int rcode() {
    return rcode;
  }

  boolean isTruncated() {
    return truncated;
  }

  /** The first query that was sent on to find the answer; null if there was none. */
  @Nullable Transaction upstream() {
    return upstream;
  }

  /**
   * How much of this transaction's time its upstream query was under way; an upstream answer that
   * is missing was waited for to the end. With {@link #isAnswered} and an upstream only.
   */
  long upstreamNanos(Transaction sentOn) {
    long until = sentOn.isAnswered() ? Math.min(sentOn.answeredAt, answeredAt) : answeredAt;
    return Math.clamp(until - sentOn.askedAt, 0, Math.max(0, latencyNanos()));
  }
}
