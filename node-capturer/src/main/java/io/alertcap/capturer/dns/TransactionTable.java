package io.alertcap.capturer.dns;

import io.alertcap.capturer.dns.TransactionObserver.End;
import io.alertcap.capturer.statistics.AgeTable;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Matches answers with queries by flow, id and question. At most {@link #MOST_OPEN} queries are
 * under way at a time, further ones push the eldest out; the names of all of them may be as long as
 * names can be, and all tables of a pass have to find room in one small heap.
 */
final class TransactionTable {

  static final int MOST_OPEN = 32_768;

  private static final int USUALLY_OPEN = 2_048;

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

  private final AgeTable<Transaction> open = new AgeTable<>(USUALLY_OPEN);
  private final AgeTable<Transaction> answered = new AgeTable<>(MOST_ANSWERED);

  private final ArrayDeque<Transaction> spare = new ArrayDeque<>();
  private final TransactionObserver observer;
  private final long answerTimeoutNanos;
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
    for (Transaction each = open.eldest(); each != null; each = open.eldest()) {
      end(each, isOverdue(each, at) ? End.UNANSWERED : End.CAPTURE_ENDED);
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
    Transaction known = find(open, exchange, message);
    if (known == null) {
      Transaction before = youngest(answered, exchange);
      if (before != null
          && isMeant(before, message)
          && isTransit(before.askedAt(), before.interfaceIndex(), at, interfaceIndex)) {
        transits++;
        return;
      }
      forget(before);
      ask(exchange, message, at, interfaceIndex, false);
    } else if (isTransit(known.askedAt(), known.interfaceIndex(), at, interfaceIndex)) {
      transits++;
    } else if (at - known.askedAt() < RETRANSMISSION_NANOS) {
      observer.askedAgain(known, at);
    } else {
      end(known, End.UNANSWERED);
      ask(exchange, message, at, interfaceIndex, true);
    }
  }

  private void ask(
      Exchange exchange, DnsMessage message, long at, int interfaceIndex, boolean again) {
    makeRoom(exchange, at);
    int ednsBytes = message.edns().map(DnsMessage.Edns::payloadBytes).orElse(0);
    Transaction asked = spare.isEmpty() ? new Transaction() : spare.pop();
    asked.begin(exchange, message.question(), at, interfaceIndex, ednsBytes, again);
    open.add(asked, exchange.hash());
    observer.asked(asked);
  }

  private void makeRoom(Exchange exchange, long at) {
    if (siblings(exchange) > MOST_SIBLINGS) {
      Transaction each = youngest(open, exchange);
      while (each != null) {
        end(each, End.FORGOTTEN);
        each = youngest(open, exchange);
      }
    } else if (open.size() == MOST_OPEN) {
      Transaction eldest = open.eldest();
      if (eldest != null) {
        end(eldest, isOverdue(eldest, at) ? End.UNANSWERED : End.FORGOTTEN);
      }
    }
  }

  private void answer(Exchange exchange, DnsMessage message, long at, int interfaceIndex) {
    Transaction known = find(open, exchange, message);
    if (known != null) {
      open.remove(known);
      known.answer(at, message, interfaceIndex);
      observer.answered(known, message);
      letGo(known.forgetUpstream());
      remember(known);
      return;
    }
    Transaction before = find(answered, exchange, message);
    if (before == null) {
      strayAnswers++;
    } else if (isTransit(
        before.askedAt() + before.latencyNanos(), before.answerInterface(), at, interfaceIndex)) {
      transits++;
    } else {
      observer.answeredAgain(before);
    }
  }

  private void remember(Transaction known) {
    if (answered.size() == MOST_ANSWERED) {
      forget(answered.eldest());
    }
    answered.add(known, known.hash());
  }

  private void forget(@Nullable Transaction before) {
    if (before != null) {
      answered.remove(before);
      letGo(before);
    }
  }

  private void expire(long at) {
    Transaction eldest = open.eldest();
    while (eldest != null && at - eldest.askedAt() >= PATIENCE * answerTimeoutNanos) {
      end(eldest, End.UNANSWERED);
      eldest = open.eldest();
    }
  }

  private boolean isOverdue(Transaction transaction, long at) {
    return at - transaction.askedAt() >= answerTimeoutNanos;
  }

  private void end(Transaction gone, End end) {
    open.remove(gone);
    observer.ended(gone, end);
    letGo(gone.forgetUpstream());
    letGo(gone);
  }

  private void letGo(@Nullable Transaction transaction) {
    if (transaction != null && transaction.letGo()) {
      spare.push(transaction);
    }
  }

  private int siblings(Exchange exchange) {
    int count = 0;
    for (Transaction each = open.first(exchange.hash()); each != null; each = open.next(each)) {
      count += each.exchange().isSame(exchange) ? 1 : 0;
    }
    return count;
  }

  private static @Nullable Transaction youngest(AgeTable<Transaction> table, Exchange exchange) {
    Transaction each = table.first(exchange.hash());
    while (each != null && !each.exchange().isSame(exchange)) {
      each = table.next(each);
    }
    return each;
  }

  private static @Nullable Transaction find(
      AgeTable<Transaction> table, Exchange exchange, DnsMessage message) {
    Transaction each = table.first(exchange.hash());
    while (each != null && !(each.exchange().isSame(exchange) && isMeant(each, message))) {
      each = table.next(each);
    }
    return each;
  }

  /** A message without a question, as some refusals are, means the latest query of its exchange. */
  private static boolean isMeant(Transaction transaction, DnsMessage message) {
    return message.questions() == 0 || message.asks(transaction.question());
  }

  private static boolean isTransit(long firstAt, int firstInterface, long at, int interfaceIndex) {
    return interfaceIndex != firstInterface && at - firstAt < TRANSIT_NANOS;
  }
}
