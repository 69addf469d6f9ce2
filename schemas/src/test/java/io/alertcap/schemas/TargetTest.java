package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets become paths, object keys and arguments: nothing in them may lead elsewhere. */
class TargetTest {

  private static final String HEX = "72651dc7".repeat(8);

  @ParameterizedTest
  @MethodSource("hostile")
  void nothingHostilePassesAnywhere(String text) {
    refused("namespace", () -> target(text, "pod", "node", Optional.empty(), Optional.empty()));
    refused("pod", () -> target("ns", text, "node", Optional.empty(), Optional.empty()));
    refused("node", () -> target("ns", "pod", text, Optional.empty(), Optional.empty()));
    refused(
        "containerId",
        () -> target("ns", "pod", "node", Optional.of("containerd://" + text), Optional.empty()));
    refused(
        "netns",
        () -> target("ns", "pod", "node", Optional.empty(), Optional.of("/run/netns/" + text)));
  }

  static Stream<String> hostile() {
    return Stream.of(
        "",
        ".",
        "..",
        "../etc",
        "a/../b",
        "a/..",
        "a\0b",
        "a\nb",
        "a\r",
        "a\u001b[2J",
        "a\u007f",
        "a b",
        "a;b",
        "$(a)",
        "a'b",
        "a%2fb",
        "a\\b",
        "á",
        "\u202ea",
        "a".repeat(5000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/run/netns/blue", "/var/run/netns/a_b.C-1", "/proc/42/ns/net", "/...", "/a/..."})
  void netnsIsAnAbsolutePath(String path) {
    assertThatNoException()
        .isThrownBy(() -> target("ns", "pod", "node", Optional.empty(), Optional.of(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run/netns/blue", "/", "//", "/a/", "/a//b", "/./a", "/a/.", "/../a"})
  void netnsIsNoOtherPath(String path) {
    refused("netns", () -> target("ns", "pod", "node", Optional.empty(), Optional.of(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"containerd://", "cri-o://", "docker://"})
  void everyRuntimeNamesContainersAlike(String runtime) {
    assertThatNoException()
        .isThrownBy(
            () -> target("ns", "pod", "node", Optional.of(runtime + HEX), Optional.empty()));
  }

  @Test
  void aContainerIdIsWhole() {
    refused(
        "containerId",
        () -> target("ns", "pod", "node", Optional.of("containerd://72651dc7"), Optional.empty()));
    refused("containerId", () -> target("ns", "pod", "node", Optional.of(HEX), Optional.empty()));
  }

  @Test
  void thereIsExactlyOneWayIn() {
    Optional<String> container = Optional.of("containerd://" + HEX);
    Optional<String> netns = Optional.of("/run/netns/blue");

    refused("containerId", () -> target("ns", "pod", "node", container, netns));
    refused("containerId", () -> target("ns", "pod", "node", Optional.empty(), Optional.empty()));
    refused("containerId", () -> withPid(container, 42));
    refused("pid", () -> withPid(Optional.empty(), 0));
    refused("pid", () -> withPid(Optional.empty(), (1L << 22) + 1));
    assertThatNoException().isThrownBy(() -> withPid(Optional.empty(), 42));
  }

  @Test
  void aPodIsAWayInByItsUid() {
    assertThatNoException().isThrownBy(() -> withPodUid("0d5b8bbf-8c83-4f5b-a6a4-0a1c6f8c7a11"));
    refused("podUid", () -> withPodUid("../etc"));
  }

  private static Target withPodUid(String podUid) {
    return new Target(
        "ns",
        "pod",
        Optional.of(podUid),
        Optional.empty(),
        "node",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static Target target(
      String namespace,
      String pod,
      String node,
      Optional<String> containerId,
      Optional<String> netns) {
    return new Target(
        namespace,
        pod,
        Optional.empty(),
        Optional.empty(),
        node,
        Optional.empty(),
        containerId,
        Optional.empty(),
        netns,
        false);
  }

  private static Target withPid(Optional<String> containerId, long pid) {
    return new Target(
        "ns",
        "pod",
        Optional.empty(),
        Optional.empty(),
        "node",
        Optional.empty(),
        containerId,
        Optional.of(pid),
        Optional.empty(),
        false);
  }

  private static void refused(String field, Runnable construction) {
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(construction::run)
        .extracting(InvalidField::field)
        .isEqualTo(field);
  }
}
