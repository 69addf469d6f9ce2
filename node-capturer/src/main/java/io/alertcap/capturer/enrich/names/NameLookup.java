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
   */
  record Found(Map<IpAddress, List<String>> names) implements NameLookup {

    public Found {
      names = Map.copyOf(names);
    }
  }

  /** There was none, which costs a file its names and nothing else. */
  record Unavailable(String reason) implements NameLookup {}
}
