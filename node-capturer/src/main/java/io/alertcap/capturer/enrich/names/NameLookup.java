package io.alertcap.capturer.enrich.names;

import io.alertcap.capturer.dissect.IpAddress;
import java.util.List;
import java.util.Map;

/** What came of a lookup. */
public sealed interface NameLookup {

  /**
   * There was an answer.
   *
   * @param names of those addresses that are known, the best first
   * @param refused how many were given that look like none
   */
  record Found(Map<IpAddress, List<String>> names, int refused) implements NameLookup {

    public Found {
      names = Map.copyOf(names);
    }

    /** Of which none was refused. */
    public Found(Map<IpAddress, List<String>> names) {
      this(names, 0);
    }
  }

  /** There was none, which costs a file its names and nothing else. */
  record Unavailable(String reason) implements NameLookup {}
}
