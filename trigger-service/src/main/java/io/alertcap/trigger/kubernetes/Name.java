package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** What an object is called within its kind. */
record Name(String namespace, String name) {

  /** Texts that repeat from object to object are kept once. */
  static Name of(HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    return new Name(metadata.getNamespace().intern(), metadata.getName());
  }

  /** For people, and in answers: {@code namespace/name}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
