package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.IpAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query and what became of it. Times are nanoseconds since the epoch, by the capture's clock.
 * Changed by {@link TransactionTable} and {@link Forwarding} while it is open.
 */
final class Transaction {

  private static final long NEVER = Long.MIN_VALUE;

  /** A day; longer ones, as by time stamps that make no sense, count as that. */
  private static final long LONGEST_NANOS = 24L * 3600 * 1_000_000_000;

  private final Exchange exchange;
  private final Question question;
  private final long askedAt;
  private final int interfaceIndex;
  private final int ednsBytes;
  private final boolean again;

  private @Nullable Transaction sibling;
  private int siblings;
  private long answeredAt = NEVER;
  private int rcode;
  private boolean truncated;
  private int answerInterface;

  private @Nullable Transaction upstream;

  /**
   * A query that was just seen.
   *
   * @param ednsBytes the UDP payload that the client takes, 0 without EDNS
   * @param again whether the same was asked before, and given up
   */
  Transaction(
      Exchange exchange,
      Question question,
      long askedAt,
      int interfaceIndex,
      int ednsBytes,
      boolean again) {
    this.exchange = exchange;
    this.question = question;
    this.askedAt = askedAt;
    this.interfaceIndex = interfaceIndex;
    this.ednsBytes = ednsBytes;
    this.again = again;
  }

  void answer(long at, DnsMessage message, int onInterface) {
    answeredAt = at;
    rcode = message.rcode();
    truncated = message.isTruncated();
    answerInterface = onInterface;
  }

  /** Puts this before the open transactions of the same exchange that ask something else. */
  void join(@Nullable Transaction others) {
    sibling = others;
    siblings = others == null ? 0 : others.siblings + 1;
  }

  @Nullable Transaction sibling() {
    return sibling;
  }

  int siblings() {
    return siblings;
  }

  /** Notes the first query that was sent on to find the answer. */
  void forward(Transaction sentOn) {
    if (upstream == null) {
      upstream = sentOn;
    }
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

  Optional<Transaction> upstream() {
    return Optional.ofNullable(upstream);
  }

  /**
   * How much of this transaction's time its upstream query was under way; an upstream answer that
   * is missing was waited for to the end. With {@link #isAnswered} and an upstream only.
   */
  long upstreamNanos(Transaction sentOn) {
    long until = sentOn.isAnswered() ? Math.min(sentOn.answeredAt, answeredAt) : answeredAt;
    return Math.clamp(until - sentOn.askedAt, 0, Math.max(0, latencyNanos()));
  }

  IpAddress client() {
    return exchange.client();
  }

  IpAddress server() {
    return exchange.server();
  }
}
