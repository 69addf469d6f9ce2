package io.alertcap.capturer.container;

/** Namespace and name of a pod, as the node's kubelet knows it. */
public record PodName(String namespace, String name) {

  /** As kubectl and our logs write it. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
