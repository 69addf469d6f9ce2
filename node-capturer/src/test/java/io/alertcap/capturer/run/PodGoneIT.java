package io.alertcap.capturer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.capture.Capture;
import io.alertcap.capturer.capture.CaptureEnd;
import io.alertcap.capturer.capture.CaptureFilter;
import io.alertcap.capturer.capture.CaptureLimits;
import io.alertcap.capturer.capture.CaptureOutcome;
import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.capture.InterfaceChoice;
import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.capture.PacketTap;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.PodLogs;
import io.alertcap.capturer.fixture.PodCapture;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NamespaceOwners;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.schemas.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pod whose interface stays when the pod ends: as macvlan does, or where nobody removes a veth.
 */
@Timeout(60)
class PodGoneIT {

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private Process pod;

  @BeforeEach
  void startThePod() throws IOException {
    PodCapture.needLibpcap();
    Machine.needProgram("unshare", "--version", "util-linux");
    pod = new ProcessBuilder("unshare", "-n", "sleep", "60").start();
    lab.closing(pod::destroyForcibly);
    String pid = Long.toString(pod.pid());
    await().until(() -> Machine.run("nsenter", "-t", pid, "-n", "ip", "link").succeeded());
    lab.ipInPod("link", "add", "outer", "type", "veth", "peer", "name", "moved", "netns", pid);
    lab.ipInPod("link", "set", "outer", "up");
    Machine.output("nsenter", "-t", pid, "-n", "ip", "link", "set", "moved", "up");
  }

  @Test
  void endsWithTheLastProcessAndLetsTheNamespaceGo() {
    PacketTap tap;
    Capture capture;
    TargetNamespaces.Opening opening = namespaces().open(target());
    assertThat(opening).isInstanceOf(TargetNamespaces.Opening.Open.class);
    TargetNamespaces.Opening.Open open = (TargetNamespaces.Opening.Open) opening;
    try (var namespace = open.namespace()) {
      tap =
          ((TapOpening.Opened)
                  new LibpcapPacketSource(Clock.systemUTC())
                      .open(
                          namespace,
                          CapturePlan.of(
                              CaptureFilter.EVERYTHING, new InterfaceChoice.Named("moved"))))
              .tap();
    }
    capture = new Capture(tap, Clock.systemUTC(), open.isTargetPresent());
    CompletableFuture<CaptureOutcome> outcome =
        CompletableFuture.supplyAsync(() ->
            capture.run(
                directory.resolve("capture.pcap"), CaptureLimits.of(Duration.ofSeconds(50))));

    pod.destroyForcibly();

    assertThat(outcome.join())
        .isInstanceOfSatisfying(
            CaptureOutcome.Finished.class,
            finished -> assertThat(finished.result().end()).isEqualTo(CaptureEnd.TARGET_GONE));
    assertThat(namespaceIsAlive()).as("kept by the tap, and by nothing else").isTrue();
    tap.close();
    await().until(() -> !namespaceIsAlive());
  }

  /** The other end of the pod's link, which is there for as long as the pod's namespace is. */
  private boolean namespaceIsAlive() {
    String outside = lab.podPath().getFileName().toString();
    return Machine.run("ip", "-n", outside, "link", "show", "outer").succeeded();
  }

  private static TargetNamespaces namespaces() {
    return new TargetNamespaces(
        new CgroupContainerProcesses(Path.of("/nonexistent"), Path.of("/nonexistent")),
        new NamespaceDoor(Path.of("/proc"), List.of()),
        new NamespaceOwners(Path.of("/proc"), new PodLogs(Path.of("/nonexistent"))),
        NodePolicy.STANDARD);
  }

  private Target target() {
    return new Target(
        "default",
        "pod",
        Optional.empty(),
        Optional.empty(),
        "node",
        Optional.empty(),
        Optional.empty(),
        Optional.of(pod.pid()),
        Optional.empty(),
        false);
  }
}
