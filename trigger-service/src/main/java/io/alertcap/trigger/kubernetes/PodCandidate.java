package io.alertcap.trigger.kubernetes;

import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.Candidate;
import io.alertcap.trigger.target.OptOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod of the cluster that can be captured. */
record PodCandidate(PodEntry entry, NamespaceIndex namespaces) implements Candidate {

  @Override
  public String namespace() {
    return entry.name().namespace();
  }

  @Override
  public String pod() {
    return entry.name().name();
  }

  @Override
  public String node() {
    return entry.node();
  }

  @Override
  public boolean hostNetwork() {
    return entry.hostNetwork();
  }

  @Override
  public List<String> addresses() {
    return entry.addresses();
  }

  @Override
  public Map<String, String> labels() {
    return entry.labels();
  }

  @Override
  public Optional<String> optOut() {
    if (namespaces.optedOut(namespace())) {
      return Optional.of(OptOut.of("namespace " + namespace()));
    }
    return entry.optedOut() ? Optional.of(OptOut.of("pod " + name())) : Optional.empty();
  }

  @Override
  public Optional<Target> target(Optional<String> container) {
    return entry.target(container);
  }
}
