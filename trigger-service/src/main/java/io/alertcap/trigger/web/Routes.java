package io.alertcap.trigger.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The routing table. */
record Routes(List<Route> all) {

  Routes {
    all = List.copyOf(all);
  }

  /** Where a request leads. */
  sealed interface Match {
    record Found(Route route, Map<String, String> parameters) implements Match {}

    /**
     * The path is known, with other methods.
     *
     * @param allow as in the header of that name
     */
    record OtherMethod(String allow) implements Match {}

    record Unknown() implements Match {}
  }

  /**
   * A path with an empty segment, such as {@code //api/v1/alerts} or {@code /api/v1/alerts/}, is
   * taken without it: it comes of addresses that were put together, and Alertmanager takes a 404
   * for final.
   */
  Match find(String method, String asked) {
    String path = asked.replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", "");
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : all) {
      Optional<Map<String, String>> parameters = route.match(path);
      if (parameters.isPresent()) {
        if (route.allows(method)) {
          return new Match.Found(route, parameters.get());
        }
        allowed.add(route.method());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return allowed.isEmpty()
        ? new Match.Unknown()
        : new Match.OtherMethod(String.join(", ", allowed));
  }
}
