package io.alertcap.schemas;

import java.time.Instant;
import java.util.Optional;

/**
 * That somebody was given a file of a capture.
 *
 * @param at when, by the clock of the trigger service
 * @param by whom, by the name that the operator gave them; absent where nobody is asked
 * @param what {@code pcap}; more kinds may come
 */
public record Access(Instant at, Optional<String> by, String what) {

  private static final int MAX_KIND_LENGTH = 32;

  public Access {
    Constraints.present(at, "at");
    by = Constraints.optional(by);
    by.ifPresent(name -> Constraints.caller(name, "by"));
    Constraints.present(what, "what");
    Constraints.atMost(what, MAX_KIND_LENGTH, "what");
  }
}
