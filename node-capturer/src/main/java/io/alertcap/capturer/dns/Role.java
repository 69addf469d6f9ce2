package io.alertcap.capturer.dns;

/** The target's part in a transaction. */
enum Role {
  /** It is asked. */
  SERVED,
  /** It asks. */
  UPSTREAM,
  /** None, or it is not known which address is the target's. */
  OTHER
}
