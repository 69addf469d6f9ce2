package io.alertcap.capturer.spool;

import io.alertcap.schemas.CaptureId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Captures in the spool that are for another store, as a node has them that was part of another
 * cluster: neither begun, nor uploaded, nor told of, nor deleted. Immutable.
 */
public final class ForeignCaptures {

  private final SpoolLayout layout;
  private final SpoolOwner owner;
  private final Map<CaptureId, SpooledCapture> captures;

  ForeignCaptures(SpoolLayout layout, SpoolOwner owner, List<SpooledCapture> found) {
    this.layout = layout;
    this.owner = owner;
    Map<CaptureId, SpooledCapture> foreign = new LinkedHashMap<>();
    found.stream()
        .filter(capture -> owner.leavesAlone(capture.journal()))
        .forEach(capture -> foreign.put(capture.id(), capture));
    this.captures = Collections.unmodifiableMap(foreign);
  }

  /** How many there are. */
  public int count() {
    return captures.size();
  }

  /** What the operator has to know of them, as a sentence that says what to do. */
  public Optional<String> sentence() {
    if (captures.isEmpty()) {
      return Optional.empty();
    }
    String destinations =
        captures.values().stream()
            .flatMap(capture -> capture.journal().destination().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%d captures in %s are for another store (%s, and this one is %s) and are not uploaded: add it to spool.adopt if they belong here, or move their directories away."
            .formatted(
                captures.size(), layout.captures(), destinations, owner.destination().orElse("?")));
  }

  boolean contains(CaptureId id) {
    return captures.containsKey(id);
  }

  Collection<SpooledCapture> captures() {
    return captures.values();
  }
}
