package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Pods to begin from. */
final class PodSamples {

  private PodSamples() {}

  static PodBuilder running(String namespace, String name, String node) {
    return new PodBuilder()
        .withMetadata(ApiServer.named(namespace, name).withUid("uid-of-" + name).build())
        .withNewSpec()
        .withNodeName(node)
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .withContainerStatuses(container("main", '1'))
        .endStatus();
  }

  static ContainerStatus container(String name, char digit) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withContainerID("containerd://" + String.valueOf(digit).repeat(64))
        .withNewState()
        .withNewRunning()
        .endRunning()
        .endState()
        .build();
  }

  static ContainerStatus waiting(String name, String reason) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .endWaiting()
        .endState()
        .build();
  }

  static OwnerReference controller(String kind, String name) {
    return new OwnerReferenceBuilder()
        .withApiVersion("apps/v1")
        .withKind(kind)
        .withName(name)
        .withUid("uid-of-" + name)
        .withController(true)
        .build();
  }
}
