package io.alertcap.capturer.netns;

import io.alertcap.capturer.container.PodName;
import java.util.Optional;
import java.util.Set;

/**
 * Whose a network namespace is, by what the node itself knows.
 *
 * @param pods whose processes are in it, as far as they have names here: one, unless somebody put
 *     processes of several pods into one namespace
 * @param unknown what could not be told, as a clause; empty where {@code pods} is the whole answer
 */
public record NamespaceOwner(Set<PodName> pods, Optional<String> unknown) {

  public NamespaceOwner {
    pods = Set.copyOf(pods);
  }

  static NamespaceOwner unknown(String why) {
    return new NamespaceOwner(Set.of(), Optional.of(why));
  }
}
