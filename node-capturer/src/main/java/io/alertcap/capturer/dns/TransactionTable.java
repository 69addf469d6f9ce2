package io.alertcap.capturer.dns;

import io.alertcap.capturer.dns.TransactionObserver.End;
import io.alertcap.capturer.statistics.RecentMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches answers with queries by flow, id and question. At most {@link #MOST_OPEN} queries are
 * under way at a time, further ones push the eldest out.
 */
final class TransactionTable {

  static final int MOST_OPEN = 65_536;

  /** Different questions under way under one id of one flow: one, unless somebody plays tricks. */
  private static final int MOST_SIBLINGS = 8;

  /** Answered ones that are remembered, to know a second answer. */
  private static final int MOST_ANSWERED = 8_192;

  /**
   * A query repeated within this time is the same transaction, later it is a new one: Wireshark's
   * {@code dns.retransmission_timer}, and the time-out of glibc's resolver.
   */
  static final long RETRANSMISSION_NANOS = 5_000_000_000L;

  /** A packet seen on two interfaces within this time is one packet on its way through the host. */
  private static final long TRANSIT_NANOS = 10_000_000L;

  /** An answer is waited for this many times as long as it takes to be called late. */
  private static final int PATIENCE = 3;

  private final Map<Exchange, Transaction> open = new LinkedHashMap<>();
  private final RecentMap<Exchange, Transaction> answered = RecentMap.byInsertion(MOST_ANSWERED);
  private final TransactionObserver observer;
  private final long answerTimeoutNanos;
  private int openTransactions;
  private long strayAnswers;
  private long transits;

  TransactionTable(long answerTimeoutNanos, TransactionObserver observer) {
    this.answerTimeoutNanos = answerTimeoutNanos;
    this.observer = observer;
  }

  /** A message that has a question, or is a response. */
  void message(Exchange exchange, DnsMessage message, long at, int interfaceIndex) {
    expire(at);
    if (message.isResponse()) {
      answer(exchange, message, at, interfaceIndex);
    } else {
      query(exchange, message, at, interfaceIndex);
    }
  }

  /** Ends what is still under way. */
  void finish(long at) {
    while (!open.isEmpty()) {
      Transaction eldest = open.values().iterator().next();
      remove(eldest);
      boolean expired = at - eldest.askedAt() >= answerTimeoutNanos;
      observer.ended(eldest, expired ? End.UNANSWERED : End.CAPTURE_ENDED);
    }
  }

  /** Answers whose query was not seen. */
  long strayAnswers() {
    return strayAnswers;
  }

  /** Messages that were seen before on another interface. */
  long transits() {
    return transits;
  }

  private void query(Exchange exchange, DnsMessage message, long at, int interfaceIndex) {
    Transaction known = find(open.get(exchange), message);
    if (known == null) {
      Transaction before = find(answered.get(exchange), message);
      if (before != null
          && isTransit(before.askedAt(), before.interfaceIndex(), at, interfaceIndex)) {
        transits++;
        return;
      }
      answered.remove(exchange);
      ask(exchange, message, at, interfaceIndex, false);
    } else if (isTransit(known.askedAt(), known.interfaceIndex(), at, interfaceIndex)) {
      transits++;
    } else if (at - known.askedAt() < RETRANSMISSION_NANOS) {
      observer.askedAgain(known, at);
    } else {
      remove(known);
      observer.ended(known, End.UNANSWERED);
      ask(exchange, message, at, interfaceIndex, true);
    }
  }

  private void ask(
      Exchange exchange, DnsMessage message, long at, int interfaceIndex, boolean again) {
    int ednsBytes = message.edns().map(DnsMessage.Edns::payloadBytes).orElse(0);
    Transaction asked =
        new Transaction(exchange, message.question(), at, interfaceIndex, ednsBytes, again);
    asked.join(open.get(exchange));
    if (asked.siblings() > MOST_SIBLINGS) {
      endChain(asked.sibling(), End.FORGOTTEN);
      asked.join(null);
    } else if (openTransactions == MOST_OPEN) {
      endChain(open.values().iterator().next(), End.FORGOTTEN);
      asked.join(open.get(exchange));
    }
    open.put(exchange, asked);
    openTransactions++;
    observer.asked(asked);
  }

  private void answer(Exchange exchange, DnsMessage message, long at, int interfaceIndex) {
    Transaction known = find(open.get(exchange), message);
    if (known != null) {
      remove(known);
      known.answer(at, message, interfaceIndex);
      answered.put(exchange, known);
      observer.answered(known, message);
      return;
    }
    Transaction before = find(answered.get(exchange), message);
    if (before == null) {
      strayAnswers++;
    } else if (isTransit(
        before.askedAt() + before.latencyNanos(), before.answerInterface(), at, interfaceIndex)) {
      transits++;
    } else {
      observer.answeredAgain(before);
    }
  }

  private void expire(long at) {
    while (!open.isEmpty()) {
      Transaction eldest = open.values().iterator().next();
      if (at - eldest.askedAt() < PATIENCE * answerTimeoutNanos) {
        return;
      }
      endChain(eldest, End.UNANSWERED);
    }
  }

  private void endChain(@Nullable Transaction first, End end) {
    if (first != null) {
      open.remove(first.exchange());
    }
    for (Transaction each = first; each != null; each = each.sibling()) {
      openTransactions--;
      observer.ended(each, end);
    }
  }

  private void remove(Transaction gone) {
    Exchange exchange = gone.exchange();
    Transaction first = open.get(exchange);
    Transaction next = gone.sibling();
    openTransactions--;
    if (first == gone && next == null) {
      open.remove(exchange);
    } else if (first == gone && next != null) {
      open.put(exchange, next);
    } else {
      for (Transaction each = first; each != null; each = each.sibling()) {
        if (each.sibling() == gone) {
          each.join(next);
        }
      }
    }
    gone.join(null);
  }

  private static @Nullable Transaction find(@Nullable Transaction first, DnsMessage message) {
    if (first == null || message.questions() == 0) {
      return first;
    }
    for (Transaction each = first; each != null; each = each.sibling()) {
      if (message.asks(each.question())) {
        return each;
      }
    }
    return null;
  }

  private static boolean isTransit(long firstAt, int firstInterface, long at, int interfaceIndex) {
    return interfaceIndex != firstInterface && at - firstAt < TRANSIT_NANOS;
  }
}
