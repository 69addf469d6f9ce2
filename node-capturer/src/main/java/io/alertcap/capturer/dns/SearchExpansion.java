package io.alertcap.capturer.dns;

import io.alertcap.capturer.statistics.AgeTable;
import io.alertcap.capturer.statistics.SeededHash;
import org.jspecify.annotations.Nullable;

/**
 * Counts the NXDOMAIN answers that a resolver's search list caused ({@code ndots} in {@code
 * resolv.conf}). They are known by what the client asks next: the same name with a part of its tail
 * taken out, down to the name that was meant: {@code db.example.ns.svc.cluster.local}, {@code
 * db.example.svc.cluster.local}, {@code db.example}.
 */
final class SearchExpansion {

  /** Not of the capture, but of the time that a client takes for its next attempt. */
  private static final int MOST_CLIENTS = 128;

  /** Room for several names at a time, each tried for A and AAAA along a pod's four domains. */
  private static final int REMEMBERED = 32;

  /** From one attempt to the next: what the answer takes, and the resolver's own time. */
  private static final long NEXT_ATTEMPT_NANOS = 1_000_000_000L;

  /** Those that were asked for longest ago are let go first. */
  private final AgeTable<Misses> clients = new AgeTable<>(MOST_CLIENTS);

  private long expansions;

  /** NXDOMAIN answers after which the client went on along its search list. */
  long expansions() {
    return expansions;
  }

  void asked(Transaction transaction) {
    if (clients.size() > 0) {
      Misses misses = find(transaction.exchange());
      if (misses != null) {
        expansions += misses.explainedBy(transaction);
      }
    }
  }

  void missing(Transaction transaction) {
    Misses known = find(transaction.exchange());
    Misses misses = known == null ? add(transaction.exchange()) : known;
    misses.add(transaction);
  }

  /** Whether {@code next} is {@code name} with labels taken out behind the first ones. */
  static boolean isNextAttempt(Question name, Question next) {
    if (next.nameBytes() >= name.nameBytes()) {
      return false;
    }
    int prefix = commonLabels(name, next);
    int tail = next.nameBytes() - prefix;
    return prefix > 0 && endsWith(name, prefix, next, tail);
  }

  /** Bytes of the labels that both begin with. */
  private static int commonLabels(Question a, Question b) {
    int common = 0;
    while (b.wire()[common] != 0 && isSameRange(a, common, b, common, b.wire()[common] + 1)) {
      common += b.wire()[common] + 1;
    }
    return common;
  }

  private static boolean endsWith(Question name, int from, Question next, int tail) {
    int at = from;
    while (at < name.nameBytes() - tail) {
      at += name.wire()[at] + 1;
    }
    return at == name.nameBytes() - tail
        && isSameRange(name, at, next, next.nameBytes() - tail, tail);
  }

  private static boolean isSameRange(Question a, int aFrom, Question b, int bFrom, int length) {
    return aFrom + length <= a.nameBytes()
        && WireName.isSameRange(a.wire(), aFrom, b.wire(), bFrom, length);
  }

  private @Nullable Misses find(Exchange of) {
    Misses each = clients.first(SeededHash.ofAddress(of.clientHigh(), of.clientLow()));
    while (each != null && !each.isOf(of)) {
      each = clients.next(each);
    }
    if (each != null) {
      clients.renew(each);
    }
    return each;
  }

  private Misses add(Exchange of) {
    Misses eldest = clients.size() == MOST_CLIENTS ? clients.eldest() : null;
    if (eldest != null) {
      clients.remove(eldest);
    }
    Misses misses = eldest == null ? new Misses() : eldest;
    misses.begin(of);
    clients.add(misses, SeededHash.ofAddress(of.clientHigh(), of.clientLow()));
    return misses;
  }

  /** The latest NXDOMAIN answers of one client that nothing explains yet. */
  private static final class Misses extends AgeTable.Entry<Misses> {

    private final @Nullable Question[] names = new Question[REMEMBERED];
    private final long[] times = new long[REMEMBERED];
    private long clientHigh;
    private long clientLow;
    private int filled;
    private int next;

    void begin(Exchange of) {
      clientHigh = of.clientHigh();
      clientLow = of.clientLow();
      filled = 0;
      next = 0;
    }

    boolean isOf(Exchange other) {
      return clientLow == other.clientLow() && clientHigh == other.clientHigh();
    }

    void add(Transaction transaction) {
      Question name = names[next];
      if (name == null) {
        names[next] = transaction.question().copy();
      } else {
        name.set(transaction.question());
      }
      times[next] = transaction.askedAt() + transaction.latencyNanos();
      filled = Math.max(filled, next + 1);
      next = (next + 1) % REMEMBERED;
    }

    int explainedBy(Transaction later) {
      int explained = 0;
      for (int i = 0; i < filled; i++) {
        Question name = names[i];
        if (name != null
            && later.askedAt() - times[i] < NEXT_ATTEMPT_NANOS
            && name.type() == later.question().type()
            && isNextAttempt(name, later.question())) {
          explained++;
          times[i] = Long.MIN_VALUE / 2;
        }
      }
      return explained;
    }
  }
}
