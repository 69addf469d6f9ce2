package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of the list, newest first: which captures stand in it, and not yet what they are.
 *
 * @param next where the following page begins; absent on the last one
 */
public record Page(List<Entry> entries, Optional<Cursor> next) {

  /** Of the JSON of all records in a page; one that is larger has a page of its own. */
  static final long MOST_BYTES = 4L << 20;

  /**
   * A capture in the list.
   *
   * @param bytes of its JSON
   */
  public record Entry(Position position, long bytes) {

    /** Of the capture. */
    public CaptureId id() {
      return position.id();
    }
  }

  public Page {
    entries = List.copyOf(entries);
  }

  /**
   * Of these, as many as fit.
   *
   * @param all one more than the limit at least, if there are so many
   */
  static Page of(Stream<Entry> all, int limit) {
    List<Entry> sorted =
        all.sorted((a, b) -> a.position().compareTo(b.position())).limit(limit + 1L).toList();
    List<Entry> page = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : sorted) {
      bytes += entry.bytes();
      if (page.size() == limit || (bytes > MOST_BYTES && !page.isEmpty())) {
        return new Page(page, Optional.of(new Cursor(page.getLast().position())));
      }
      page.add(entry);
    }
    return new Page(page, Optional.empty());
  }
}
