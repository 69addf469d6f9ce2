package io.alertcap.trigger.rule;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.DataSize;
import java.util.Optional;

/**
 * How much may be captured; what is absent has no limit.
 *
 * @param concurrent captures at a time
 * @param perHour captures commanded within any hour
 * @param bytesPerDay of the files of all captures commanded within any 24 hours
 */
public record Budget(
    Optional<Integer> concurrent, Optional<Integer> perHour, Optional<DataSize> bytesPerDay) {

  /** Without any limit. */
  public static final Budget UNLIMITED =
      new Budget(Optional.empty(), Optional.empty(), Optional.empty());

  /** Reads a budget; where a section says nothing there is no limit. */
  public static Setting<Budget> from(Section budget) {
    Setting<Optional<Integer>> concurrent = budget.integer("concurrent").atLeast(1).optional();
    Setting<Optional<Integer>> perHour = budget.integer("perHour").atLeast(1).optional();
    Setting<Optional<DataSize>> bytesPerDay =
        budget.size("bytesPerDay").atLeast(DataSize.ofKibibytes(4)).optional();
    return budget.build(() -> new Budget(concurrent.get(), perHour.get(), bytesPerDay.get()));
  }

  /** This budget, with the limits of another where this one has none. */
  public Budget or(Budget other) {
    return new Budget(
        concurrent.or(other::concurrent),
        perHour.or(other::perHour),
        bytesPerDay.or(other::bytesPerDay));
  }
}
