package io.alertcap.capturer.dns;

import io.alertcap.capturer.statistics.AgeTable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pattern of the race in the kernel's connection tracking: a client sends its A and AAAA
 * queries at the same moment from one socket, the kernel drops one of the two, and the resolver
 * asks again after its 5 s. Packets show the pattern, not the cause.
 */
final class ConntrackRace {

  private static final int MOST_PAIRS = 4_096;
  private static final long SAME_MOMENT_NANOS = 50_000_000L;
  private static final long RETRY_AFTER_NANOS = 4_500_000_000L;
  private static final long RETRY_BEFORE_NANOS = 6_500_000_000L;

  private final AgeTable<Pair> pairs = new AgeTable<>(MOST_PAIRS);
  private long lostAnswers;
  private long lostQueries;

  /** As a client sees it: two queries leave, one is answered, the other goes again after 5 s. */
  long lostAnswers() {
    return lostAnswers;
  }

  /**
   * As a server sees it: one of two arrives and is answered, and after 5 s comes with the other.
   */
  long lostQueries() {
    return lostQueries;
  }

  void asked(Transaction transaction, long at) {
    if (isHalf(transaction)) {
      Pair known = find(transaction);
      Pair pair = known == null ? add(transaction) : known;
      boolean isNew = pair.half(transaction).askedAt == Half.NEVER;
      if (isNew) {
        arrived(pair.half(transaction), pair.otherHalf(transaction), at);
      } else {
        repeated(pair.half(transaction), pair.otherHalf(transaction), at);
      }
    }
  }

  void answered(Transaction transaction) {
    if (isHalf(transaction)) {
      Pair pair = find(transaction);
      if (pair != null) {
        pair.half(transaction).answered = true;
      }
    }
  }

  private static boolean isHalf(Transaction transaction) {
    return transaction.question().isAddress() && !transaction.exchange().isTcp();
  }

  private @Nullable Pair find(Transaction transaction) {
    Pair each = pairs.first(hash(transaction));
    while (each != null && each.key != key(transaction)) {
      each = pairs.next(each);
    }
    return each;
  }

  private Pair add(Transaction transaction) {
    Pair eldest = pairs.size() == MOST_PAIRS ? pairs.eldest() : null;
    if (eldest != null) {
      pairs.remove(eldest);
    }
    Pair pair = eldest == null ? new Pair() : eldest;
    pair.begin(transaction);
    pairs.add(pair, hash(transaction));
    return pair;
  }

  private static int hash(Transaction transaction) {
    return transaction.exchange().flowHash() + transaction.question().nameHash();
  }

  private static long key(Transaction transaction) {
    return (long) transaction.exchange().flowHash() << 32
        | (transaction.question().nameHash() & 0xffff_ffffL);
  }

  private void arrived(Half half, Half other, long at) {
    half.askedAt = at;
    if (other.repeatedAt != Half.NEVER && at - other.repeatedAt < 1_000_000_000L) {
      lostQueries++;
      other.repeatedAt = Half.NEVER;
    }
  }

  private void repeated(Half half, Half other, long at) {
    long after = at - half.askedAt;
    if (after < RETRY_AFTER_NANOS || after > RETRY_BEFORE_NANOS) {
      return;
    }
    if (half.answered && other.askedAt == Half.NEVER) {
      half.repeatedAt = at;
    } else if (!half.answered
        && other.answered
        && Math.abs(half.askedAt - other.askedAt) < SAME_MOMENT_NANOS) {
      lostAnswers++;
      half.askedAt = at;
    }
  }

  /**
   * Two queries for one name from one socket. They are known by 64 bits of seeded hashes: pairs are
   * many, short-lived, and the worst that a mistake could do is a race too many or too few.
   */
  private static final class Pair extends AgeTable.Entry<Pair> {

    private final Half a = new Half();
    private final Half aaaa = new Half();
    private long key;

    void begin(Transaction transaction) {
      key = key(transaction);
      a.begin();
      aaaa.begin();
    }

    Half half(Transaction transaction) {
      return transaction.question().type() == Question.A ? a : aaaa;
    }

    Half otherHalf(Transaction transaction) {
      return transaction.question().type() == Question.A ? aaaa : a;
    }
  }

  private static final class Half {

    private static final long NEVER = Long.MIN_VALUE;

    private long askedAt;
    private long repeatedAt;
    private boolean answered;

    void begin() {
      askedAt = NEVER;
      repeatedAt = NEVER;
      answered = false;
    }
  }
}
