package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Locale;
import java.util.Optional;

/**
 * Whoever controls an object, such as a replica set its pods.
 *
 * @param kind in lower case: {@code replicaset}
 */
record Owner(String kind, String namespace, String name) {

  static Owner of(String kind, Name name) {
    return new Owner(kind, name.namespace(), name.name());
  }

  /** The one that controls the object: of several owners, at most one does. */
  static Optional<Owner> controlling(HasMetadata object) {
    return Listed.each(object.getMetadata().getOwnerReferences())
        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
        .findFirst()
        .map(reference -> new Owner(kind(reference), namespace(object), reference.getName()));
  }

  private static String kind(OwnerReference reference) {
    return reference.getKind().toLowerCase(Locale.ROOT).intern();
  }

  private static String namespace(HasMetadata object) {
    return object.getMetadata().getNamespace().intern();
  }
}
