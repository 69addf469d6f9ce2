package io.alertcap.trigger.kubernetes;

import io.alertcap.trigger.target.OptOut;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The namespaces whose pods are not to be captured. Thread-safe; reading never waits. */
final class NamespaceIndex implements Index<NamespaceIndex.NamespaceEntry> {

  /** What is kept of a namespace. */
  record NamespaceEntry(String name, boolean optedOut) {}

  private final Set<String> optedOut = ConcurrentHashMap.newKeySet();

  static NamespaceEntry read(Namespace namespace) {
    Map<String, String> annotations = namespace.getMetadata().getAnnotations();
    return new NamespaceEntry(
        namespace.getMetadata().getName(), annotations != null && OptOut.isIn(annotations));
  }

  @Override
  public void put(Optional<NamespaceEntry> before, NamespaceEntry now) {
    if (now.optedOut) {
      optedOut.add(now.name);
    } else {
      optedOut.remove(now.name);
    }
  }

  @Override
  public void remove(NamespaceEntry before) {
    optedOut.remove(before.name);
  }

  boolean optedOut(String namespace) {
    return optedOut.contains(namespace);
  }
}
