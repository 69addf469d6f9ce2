package io.alertcap.capturer.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.capture.Capture;
import io.alertcap.capturer.capture.CaptureEnd;
import io.alertcap.capturer.capture.CaptureFilter;
import io.alertcap.capturer.capture.CaptureLimits;
import io.alertcap.capturer.capture.CaptureOutcome;
import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.capture.CaptureResult;
import io.alertcap.capturer.capture.InterfaceChoice;
import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.capture.PacketTap;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.ContainerProcess;
import io.alertcap.capturer.container.ProcFs;
import io.alertcap.capturer.container.ProcessLookup;
import io.alertcap.capturer.lab.ContainerdLab;
import io.alertcap.capturer.lab.LabContainer;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NamespaceIdentity;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NetworkNamespace;
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

/** What holds for containers that a real runtime runs, wherever their cgroups are. */
@Timeout(120)
abstract class RealContainers {

  private static final Path PROC = Path.of("/proc");
  private static final int PINGS = 5;

  @RegisterExtension final NamespaceLab network = new NamespaceLab();
  @TempDir Path directory;

  private final NamespaceDoor door = new NamespaceDoor(PROC, List.of());
  private CgroupContainerProcesses processes;

  abstract ContainerdLab containers();

  @BeforeEach
  void lookWhereTheContainersAre() throws IOException {
    processes = new CgroupContainerProcesses(PROC, containers().cgroupRoot());
    LibpcapPacketSource.warmUp();
  }

  @Test
  void findsTheFirstProcessAndNeitherItsChildrenNorWhatWasStartedLater() {
    LabContainer container =
        containers().startIn(network.podPath(), "sh", "-c", "sleep 60 & sleep 60");
    containers().exec(container, "sh", "-c", "true");

    ContainerProcess found = found(container);

    assertThat(found.pid()).isEqualTo(container.pid());
    assertThat(found.cgroup()).endsWith("pod" + container.podUid() + "/" + container.id());
  }

  @Test
  void entersTheNamespaceOfTheContainerWhichIsNotTheHosts() throws IOException {
    LabContainer container = containers().startIn(network.podPath(), "sleep", "60");

    try (NetworkNamespace namespace = admitted(door.open(found(container), false))) {
      assertThat(namespace.identity())
          .isEqualTo(network.pod().identity())
          .isNotEqualTo(NamespaceIdentity.ofCurrentThread());
    }
  }

  @Test
  void neverTakesTheShimWhichLivesInTheHostsNamespace() {
    LabContainer container = containers().startIn(network.podPath(), "sleep", "60");
    ContainerProcess found = found(container);
    assertThat(commandLine(container.shimPid())).contains(container.id().hex());
    assertThat(found.pid()).isNotEqualTo(container.shimPid());

    ContainerProcess shim =
        new ContainerProcess(
            container.shimPid(), startTime(container.shimPid()), found.container(), found.cgroup());

    assertThat(door.open(shim, true)).isInstanceOf(Admission.Gone.class);
    assertThat(door.openPid(container.shimPid(), false))
        .isInstanceOf(Admission.HostNetworkDenied.class);
  }

  @Test
  void tellsTheContainersOfAPodApartThoughTheyShareANamespace() {
    LabContainer one = containers().startIn(network.podPath(), "sleep", "60");
    LabContainer other = containers().startIn(network.podPath(), "sleep", "60");

    assertThat(found(one).pid()).isEqualTo(one.pid()).isNotEqualTo(other.pid());
    assertThat(found(other).pid()).isEqualTo(other.pid());
    try (NetworkNamespace ofOne = admitted(door.open(found(one), false));
        NetworkNamespace ofOther = admitted(door.open(found(other), false))) {
      assertThat(ofOne.identity()).isEqualTo(ofOther.identity());
    }
  }

  @Test
  void tellsContainersApartThatShareAPidNamespace() {
    LabContainer first = containers().startIn(network.podPath(), "sleep", "60");
    LabContainer second =
        containers().startSharingProcessesWith(first, "sh", "-c", "sleep 60 & sleep 60");

    assertThat(found(first).pid()).isEqualTo(first.pid());
    assertThat(found(second).pid()).isEqualTo(second.pid());
  }

  @Test
  void refusesAContainerInTheHostsNamespaceUnlessThatIsAllowed() throws IOException {
    LabContainer container = containers().startInHostNetwork("sleep", "60");
    ContainerProcess found = found(container);

    assertThat(found.pid()).isEqualTo(container.pid());
    assertThat(door.open(found, false)).isInstanceOf(Admission.HostNetworkDenied.class);
    try (NetworkNamespace namespace = admitted(door.open(found, true))) {
      assertThat(namespace.identity()).isEqualTo(NamespaceIdentity.ofCurrentThread());
    }
  }

  @Test
  void saysThatAContainerHasExitedAndLaterThatThereIsNone() throws IOException {
    LabContainer container = containers().startIn(network.podPath(), "sleep", "1");
    containers().awaitExit(container);

    assertThat(find(container)).isInstanceOf(ProcessLookup.Exited.class);

    containers().remove(container);
    assertThat(find(container)).isEqualTo(new ProcessLookup.NotFound());
  }

  @Test
  void doesNotEnterOnceTheProcessThatWasFoundIsKilled() {
    LabContainer container = containers().startIn(network.podPath(), "sleep", "60");
    ContainerProcess found = found(container);

    containers().kill(container);

    assertThat(door.open(found, true)).isInstanceOf(Admission.Gone.class);
  }

  @Test
  void capturesWhatTheContainerSendsAndNothingOfItsNeighbourOrTheHost() {
    LabContainer container = containers().startIn(network.podPath(), "sleep", "60");
    LabContainer neighbour = containers().startIn(network.neighbourPath(), "sleep", "60");
    LabContainer host = containers().startInHostNetwork("sleep", "60");
    Path file = directory.resolve("capture.pcap");
    try (NetworkNamespace namespace = admitted(door.open(found(container), false));
        PacketTap tap = opened(namespace)) {
      Capture capture = new Capture(tap, Clock.systemUTC());
      CompletableFuture<CaptureOutcome> outcome =
          CompletableFuture.supplyAsync(
              () -> capture.run(file, CaptureLimits.of(Duration.ofSeconds(60))));

      ping(neighbour, NamespaceLab.GATEWAY_OF_NEIGHBOUR);
      ping(host, "127.0.0.1");
      ping(container, NamespaceLab.GATEWAY_OF_POD);
      capture.stop(CaptureEnd.CANCELLED);

      assertThat(finished(outcome.join()).packets()).isEqualTo(2 * PINGS);
    }
    assertThat(Machine.output("tcpdump", "-nn", "-r", file.toString()))
        .hasSize(2 * PINGS)
        .allMatch(line -> line.contains("10.99.1.2") && line.contains("10.99.1.1"));
  }

  private void ping(LabContainer container, String address) {
    containers().exec(container, "ping", "-c", "" + PINGS, "-i", "0.05", "-w", "10", address);
  }

  private ProcessLookup find(LabContainer container) {
    return processes.find(container.id(), Optional.of(container.podUid()));
  }

  private ContainerProcess found(LabContainer container) {
    ProcessLookup lookup = find(container);
    assertThat(lookup).isInstanceOf(ProcessLookup.Found.class);
    return ((ProcessLookup.Found) lookup).process();
  }

  private static PacketTap opened(NetworkNamespace namespace) {
    CapturePlan plan = CapturePlan.of(new CaptureFilter("icmp"), new InterfaceChoice.Auto());
    TapOpening opening = new LibpcapPacketSource(Clock.systemUTC()).open(namespace, plan);
    assertThat(opening).isInstanceOf(TapOpening.Opened.class);
    return ((TapOpening.Opened) opening).tap();
  }

  private static NetworkNamespace admitted(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    return ((Admission.Granted) admission).namespace();
  }

  private static CaptureResult finished(CaptureOutcome outcome) {
    assertThat(outcome).isInstanceOf(CaptureOutcome.Finished.class);
    return ((CaptureOutcome.Finished) outcome).result();
  }

  private static long startTime(int pid) {
    return new ProcFs(PROC).startTime(pid).orElseThrow();
  }

  private static String commandLine(int pid) {
    return ProcessHandle.of(pid).orElseThrow().info().commandLine().orElseThrow();
  }
}
