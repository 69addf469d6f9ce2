package io.alertcap.capturer.dns;

/**
 * Is told what becomes of every transaction, in the order of the packets. A transaction is valid
 * until it is answered or ended, and becomes another one some time after that: what is needed later
 * has to be copied.
 */
interface TransactionObserver {

  /** A query that was not under way. */
  default void asked(Transaction transaction) {}

  /** The same query again, while it was under way. */
  default void askedAgain(Transaction transaction, long at) {}

  /** Its first answer; {@code message} is valid during the call only. */
  default void answered(Transaction transaction, DnsMessage message) {}

  /** Another answer to a query that had one. */
  default void answeredAgain(Transaction transaction) {}

  /** A query that is given up, {@link End} says why. */
  default void ended(Transaction transaction, End end) {}

  /** How a transaction without an answer ends. */
  enum End {
    /** The time for an answer is over, or the client has asked again. */
    UNANSWERED,
    /** The capture ended before the time for an answer was over. */
    CAPTURE_ENDED,
    /** More were under way at a time than are kept track of. */
    FORGOTTEN
  }
}
