package io.alertcap.capturer.spool;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.util.List;
import java.util.Optional;

/**
 * For which store a spool's captures are. A node that joins another cluster, or a new installation,
 * may find captures of the one before, whose packets and alerts are not for the new one's store.
 *
 * @param destination of what is captured from now on; where empty, all that is found is taken
 * @param adopted whose captures are taken, too: those of a store that this one replaces
 */
public record SpoolOwner(Optional<String> destination, List<String> adopted) {

  /** Takes whatever it finds. */
  public static final SpoolOwner ANY = new SpoolOwner(Optional.empty(), List.of());

  public SpoolOwner {
    adopted = List.copyOf(adopted);
  }

  /** Reads what the {@code spool} section says of it. */
  public static Setting<List<String>> adoptedFrom(Section spool) {
    return spool.texts("adopt").orElse(List.of());
  }

  /** Whether a capture is left alone; one of a version that noted no destination is taken. */
  boolean leavesAlone(CaptureJournal journal) {
    return destination.isPresent()
        && journal.destination().isPresent()
        && !journal.destination().equals(destination)
        && !adopted.contains(journal.destination().get());
  }
}
