package io.alertcap.trigger.kubernetes;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the service does with the API server, which is all that its role has to allow; every one of
 * these in every namespace that it looks at, and cluster-wide for nodes and namespaces.
 *
 * @param apiGroup empty for the core group
 * @param resource in the plural, as in a rule of a role
 * @param verbs as in a rule of a role
 */
public record RequiredAccess(String apiGroup, String resource, Set<String> verbs) {

  /** For {@code catalog.type: kubernetes}. */
  public static final List<RequiredAccess> CATALOG =
      List.of(
          watched("", "pods"),
          watched("", "nodes"),
          watched("", "namespaces"),
          watched("", "services"),
          watched("discovery.k8s.io", "endpointslices"),
          watched("apps", "replicasets"),
          watched("batch", "jobs"));

  /** For {@code catalog.events}. */
  public static final List<RequiredAccess> EVENTS =
      List.of(new RequiredAccess("events.k8s.io", "events", Set.of("create")));

  public RequiredAccess {
    verbs = Set.copyOf(verbs);
  }

  /** What a service with every feature needs. */
  public static List<RequiredAccess> all() {
    return Stream.concat(CATALOG.stream(), EVENTS.stream()).toList();
  }

  private static RequiredAccess watched(String apiGroup, String resource) {
    return new RequiredAccess(apiGroup, resource, Set.of("list", "watch"));
  }
}
