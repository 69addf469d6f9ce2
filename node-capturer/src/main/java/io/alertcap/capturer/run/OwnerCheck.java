package io.alertcap.capturer.run;

import io.alertcap.capturer.container.PodName;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.capturer.netns.NamespaceOwner;
import io.alertcap.capturer.netns.NamespaceOwners;
import io.alertcap.capturer.netns.NetworkNamespace;
import io.alertcap.schemas.Target;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds what a command says of its target against what the node knows of it, since namespaces are
 * what the node's policy goes by. Thread-safe.
 *
 * @param knownOnly whether a namespace is refused of which the node cannot tell whose it is
 */
record OwnerCheck(NamespaceOwners owners, boolean knownOnly) {

  /**
   * What comes of an admission once its owner is known; a namespace that is refused is closed.
   *
   * @param pid the process by which it was opened; empty where a path led there
   */
  Admission examine(Admission admission, Target target, OptionalInt pid) {
    if (!(admission instanceof Admission.Granted(NetworkNamespace namespace))) {
      return admission;
    }
    Optional<String> objection = objection(target, owners.of(namespace, pid));
    objection.ifPresent(any -> namespace.close());
    return objection.<Admission>map(Admission.Refused::new).orElse(admission);
  }

  private Optional<String> objection(Target target, NamespaceOwner owner) {
    PodName commanded = new PodName(target.namespace(), target.pod());
    return owner.pods().stream()
        .filter(found -> !found.equals(commanded))
        .findFirst()
        .map(found -> another(commanded, found))
        .or(() -> owner.unknown().filter(why -> knownOnly).map(why -> unknown(commanded, why)));
  }

  private static String another(PodName commanded, PodName found) {
    return "The command names the pod %s, but what it leads to is the pod %s on this node: it was not captured."
        .formatted(commanded, found);
  }

  private static String unknown(PodName commanded, String why) {
    return "The command names the pod %s, but this node cannot tell whether it is: %s. policy.requireKnownPod: true in the node's configuration denies that."
        .formatted(commanded, why);
  }
}
