package io.alertcap.trigger.access;

import java.util.List;

/** Whether it is known who is calling. */
public sealed interface Admission {

  /** It is. What they may do is another question. */
  record Known(Caller caller) implements Admission {}

  /**
   * It is not.
   *
   * @param reason a sentence for people, which tells nothing about the credentials there are
   * @param challenges as in {@code WWW-Authenticate}; empty where only a certificate would help
   */
  record Unknown(String reason, List<String> challenges) implements Admission {
    public Unknown {
      challenges = List.copyOf(challenges);
    }
  }
}
