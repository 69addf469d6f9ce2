package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.statistics.RecentMap;

/**
 * Counts the NXDOMAIN answers that a resolver's search list caused ({@code ndots} in {@code
 * resolv.conf}). They are known by what the client asks next: the same name with a part of its tail
 * taken out, down to the name that was meant: {@code db.example.ns.svc.cluster.local}, {@code
 * db.example.svc.cluster.local}, {@code db.example}.
 */
final class SearchExpansion {

  private static final int MOST_CLIENTS = 1_024;

  /** Room for several names at a time, each tried for A and AAAA along a pod's four domains. */
  private static final int REMEMBERED = 32;

  /** From one attempt to the next: what the answer takes, and the resolver's own time. */
  private static final long NEXT_ATTEMPT_NANOS = 1_000_000_000L;

  private final RecentMap<IpAddress, Misses> clients = RecentMap.byAccess(MOST_CLIENTS);
  private long expansions;

  /** NXDOMAIN answers after which the client went on along its search list. */
  long expansions() {
    return expansions;
  }

  void asked(Transaction transaction) {
    if (!clients.isEmpty()) {
      Misses misses = clients.get(transaction.client());
      if (misses != null) {
        expansions += misses.explainedBy(transaction);
      }
    }
  }

  void missing(Transaction transaction) {
    clients.computeIfAbsent(transaction.client(), any -> new Misses()).add(transaction);
  }

  /** Whether {@code next} is {@code name} with labels taken out behind the first ones. */
  static boolean isNextAttempt(byte[] name, byte[] next) {
    if (next.length >= name.length) {
      return false;
    }
    int prefix = commonLabels(name, next);
    int tail = next.length - prefix;
    return prefix > 0 && endsWith(name, prefix, next, tail);
  }

  /** Bytes of the labels that both begin with. */
  private static int commonLabels(byte[] a, byte[] b) {
    int common = 0;
    while (b[common] != 0 && sameRange(a, common, b, common, b[common] + 1)) {
      common += b[common] + 1;
    }
    return common;
  }

  private static boolean endsWith(byte[] name, int from, byte[] next, int tail) {
    int at = from;
    while (at < name.length - tail) {
      at += name[at] + 1;
    }
    return at == name.length - tail && sameRange(name, at, next, next.length - tail, tail);
  }

  private static boolean sameRange(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    if (aFrom + length > a.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (WireName.lower(a[aFrom + i]) != WireName.lower(b[bFrom + i])) {
        return false;
      }
    }
    return true;
  }

  /** The latest NXDOMAIN answers of one client that nothing explains yet. */
  private static final class Misses {

    private final Question[] names = new Question[REMEMBERED];
    private final long[] times = new long[REMEMBERED];
    private int count;

    void add(Transaction transaction) {
      int slot = count++ % REMEMBERED;
      names[slot] = transaction.question();
      times[slot] = transaction.askedAt() + transaction.latencyNanos();
    }

    int explainedBy(Transaction next) {
      int explained = 0;
      int filled = Math.min(count, REMEMBERED);
      for (int i = 0; i < filled; i++) {
        if (names[i].type() == next.question().type()
            && next.askedAt() - times[i] < NEXT_ATTEMPT_NANOS
            && isNextAttempt(names[i].wire(), next.question().wire())) {
          explained++;
          times[i] = Long.MIN_VALUE / 2;
        }
      }
      return explained;
    }
  }
}
