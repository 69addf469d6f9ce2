package io.alertcap.trigger.record;

import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.rule.Budget;
import java.util.Optional;

/** What is taken of one budget at a time. */
record Account(long running, long withinHour, long bytesWithinDay) {

  /**
   * Which limit leaves no room for one more, if any does.
   *
   * @param bytes that the one more may take
   */
  Optional<String> objection(Budget budget, long bytes) {
    return tooMany(budget.concurrent(), running, "at a time")
        .or(() -> tooMany(budget.perHour(), withinHour, "within an hour"))
        .or(() -> budget.bytesPerDay().flatMap(limit -> tooLarge(limit, bytes)));
  }

  private static Optional<String> tooMany(Optional<Integer> limit, long taken, String period) {
    return limit
        .filter(most -> taken >= most)
        .map(most -> "%d of %d captures %s are taken".formatted(taken, most, period));
  }

  private Optional<String> tooLarge(DataSize limit, long bytes) {
    return bytesWithinDay + bytes <= limit.bytes()
        ? Optional.empty()
        : Optional.of(
            "%s of %s within a day are taken, and it may take %s more"
                .formatted(DataSize.ofBytes(bytesWithinDay), limit, DataSize.ofBytes(bytes)));
  }
}
