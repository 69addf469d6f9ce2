package io.alertcap.capturer.dns;

import io.alertcap.capturer.dns.DnsReport.Messages;

/** Counts messages before anything is matched. */
final class MessageCounts {

  long queries;
  long answers;
  long tcp;
  long malformed;
  long cut;
  long fragments;
  long laterFragments;
  long forgotten;

  Messages report(TransactionTable table, long tcpGaps) {
    return new Messages(
        queries,
        answers,
        tcp,
        table.strayAnswers(),
        table.transits(),
        malformed,
        cut,
        fragments,
        laterFragments,
        tcpGaps,
        forgotten);
  }
}
