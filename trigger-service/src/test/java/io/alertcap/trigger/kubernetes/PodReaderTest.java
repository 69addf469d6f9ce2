package io.alertcap.trigger.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.trigger.kubernetes.PodEntry.Running;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodFluent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class PodReaderTest {

  @Test
  void aRunningPodCanBeCaptured() {
    PodEntry pod = PodReader.read(PodSamples.running("shop", "web-0", "node1").build());

    assertThat(pod.absence()).isEmpty();
    assertThat(pod.running()).extracting(Running::name).containsExactly("main");
  }

  @Test
  void anInitContainerIsAWayInWhileItRuns() {
    PodEntry pod =
        PodReader.read(
            withStatus(status ->
                status
                    .withPhase("Pending")
                    .withContainerStatuses(PodSamples.waiting("main", "PodInitializing"))
                    .withInitContainerStatuses(PodSamples.container("init", '2'))));

    assertThat(pod.absence()).isEmpty();
    assertThat(pod.running()).extracting(Running::name).containsExactly("init");
  }

  @Test
  void anEphemeralContainerIsAWayIn() {
    PodEntry pod =
        PodReader.read(
            withStatus(status ->
                status
                    .withContainerStatuses(PodSamples.waiting("main", "CrashLoopBackOff"))
                    .withEphemeralContainerStatuses(PodSamples.container("debug", '3'))));

    assertThat(pod.running()).extracting(Running::name).containsExactly("debug");
  }

  @Test
  void aCrashLoopingPodIsAWayInByItsUidSinceItsSandboxHasTheNetwork() {
    PodEntry pod =
        PodReader.read(
            withStatus(status ->
                status
                    .withPodIP("10.0.0.7")
                    .withContainerStatuses(PodSamples.waiting("main", "CrashLoopBackOff"))));

    assertThat(pod.absence()).isEmpty();
    for (Optional<String> container : List.of(Optional.<String>empty(), Optional.of("main"))) {
      assertThat(pod.target(container))
          .hasValueSatisfying(target -> {
            assertThat(target.podUid()).contains("uid-of-web-0");
            assertThat(target.containerId()).isEmpty();
            assertThat(target.container()).isEmpty();
          });
    }
    assertThat(pod.target(Optional.of("other"))).isEmpty();
  }

  @Test
  void aContainerBetweenTwoStartsIsAWayInBesideASidecarThatRuns() {
    PodEntry pod =
        PodReader.read(
            withStatus(status ->
                status
                    .withPodIP("10.0.0.7")
                    .withContainerStatuses(
                        PodSamples.waiting("main", "CrashLoopBackOff"),
                        PodSamples.container("proxy", '4'))));

    assertThat(pod.target(Optional.of("main")).orElseThrow().containerId()).isEmpty();
    assertThat(pod.target(Optional.empty()).orElseThrow().container()).contains("proxy");
  }

  @Test
  void saysWhyOneCannotBeCaptured() {
    assertThat(absence(status -> status.withPhase("Succeeded"))).contains("has completed");
    assertThat(absence(status -> status.withPhase("Failed").withReason("Evicted")))
        .contains("has failed: Evicted");
    assertThat(absence(status -> status.withPhase("Unknown")))
        .contains("is lost: its node does not answer");
    assertThat(absence(status -> status.withReason("NodeLost")))
        .contains("is lost: its node does not answer");
    assertThat(
            absence(status ->
                status
                    .withPhase("Pending")
                    .withContainerStatuses(PodSamples.waiting("main", "ContainerCreating"))))
        .contains("has no running container: ContainerCreating");
  }

  @Test
  void aStaticPodHasTheUidThatItsNodeKnows() {
    String hash = "8b3f1c5f2b4c54f0a4b9a3c9a2f1d0e7";

    assertThat(
            PodReader.read(
                annotated(
                    Map.of(
                        "kubernetes.io/config.hash", hash, "kubernetes.io/config.mirror", hash))))
        .extracting(PodEntry::uid)
        .isEqualTo(hash);
    assertThat(PodReader.read(annotated(Map.of("kubernetes.io/config.hash", hash))))
        .as("no mirror pod")
        .extracting(PodEntry::uid)
        .isEqualTo("uid-of-web-0");
  }

  private static Pod annotated(Map<String, String> annotations) {
    return PodSamples.running("shop", "web-0", "node1")
        .editMetadata()
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }

  @Test
  void anUnscheduledPodHasNoNode() {
    Pod pod =
        new PodBuilder()
            .withMetadata(ApiServer.named("shop", "web-0").withUid("u").build())
            .withNewSpec()
            .endSpec()
            .withNewStatus()
            .withPhase("Pending")
            .endStatus()
            .build();

    assertThat(PodReader.read(pod).absence()).contains("is not scheduled to a node yet");
  }

  @Test
  void aPodWithNothingButAName() {
    Pod pod =
        new PodBuilder().withMetadata(ApiServer.named("shop", "a").withUid("u").build()).build();

    assertThat(PodReader.read(pod).absence()).contains("is not scheduled to a node yet");
  }

  @Test
  void aContainerWhoseIdNoCommandCanCarryIsNoWayIn() {
    PodEntry pod =
        PodReader.read(
            withStatus(status ->
                status
                    .withPodIP("10.0.0.7")
                    .editFirstContainerStatus()
                    .withContainerID("virtual-kubelet://1")
                    .endContainerStatus()));

    assertThat(pod.absence()).contains("has no running container");
  }

  @Test
  void keepsAddressesInOneForm() {
    PodEntry pod =
        PodReader.read(
            withStatus(status ->
                status.withPodIP("10.0.0.7").addNewPodIP("10.0.0.7").addNewPodIP("FD00::7")));

    assertThat(pod.addresses()).containsExactly("10.0.0.7", "fd00:0:0:0:0:0:0:7");
  }

  @Test
  void anAnnotationOptsOut() {
    Pod pod =
        PodSamples.running("shop", "web-0", "node1")
            .editMetadata()
            .withAnnotations(Map.of("alertcap.io/capture", "disabled"))
            .endMetadata()
            .build();

    assertThat(PodReader.read(pod).optedOut()).isTrue();
  }

  private static Optional<String> absence(
      UnaryOperator<PodFluent<PodBuilder>.StatusNested<PodBuilder>> change) {
    return PodReader.read(withStatus(change)).absence();
  }

  private static Pod withStatus(
      UnaryOperator<PodFluent<PodBuilder>.StatusNested<PodBuilder>> change) {
    return change
        .apply(PodSamples.running("shop", "web-0", "node1").editStatus())
        .endStatus()
        .build();
  }
}
