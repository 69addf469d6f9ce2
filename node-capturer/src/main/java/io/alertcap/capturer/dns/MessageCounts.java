package io.alertcap.capturer.dns;

import io.alertcap.schemas.DnsMessages;

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

  DnsMessages report(TransactionTable table, long tcpGaps) {
    return new DnsMessages(
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
