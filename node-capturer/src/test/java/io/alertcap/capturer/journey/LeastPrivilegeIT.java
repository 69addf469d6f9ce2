package io.alertcap.capturer.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.container.ContainerId;
import io.alertcap.capturer.lab.LabCgroup;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.Capability;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A JVM of its own as the capturer runs on a node: root with a few capabilities and no way to more,
 * and a file system that it cannot write to, apart from one directory.
 */
@Timeout(120)
class LeastPrivilegeIT {

  /** Keeps this mount namespace's own root file system from being written to, then goes on. */
  private static final String READ_ONLY =
      """
      mount --bind "$0" "$0" && mount -o remount,bind,ro / && exec "$@"
      """;

  @RegisterExtension final NamespaceLab network = new NamespaceLab();
  @TempDir Path spool;

  private final ContainerId container = randomId();

  @BeforeEach
  void startAContainer() throws IOException {
    Machine.needProgram("setpriv", "--version", "util-linux");
    Machine.needProgram("unshare", "--version", "util-linux");
    LabCgroup cgroup = network.closing(LabCgroup.of(container));
    Process process = network.startInPod("sleep", "120");
    cgroup.add(process);
    Path namespace = Path.of("/proc", Long.toString(process.pid()), "ns", "net");
    String pod = network.pod().toString();
    await().until(() -> Files.readSymbolicLink(namespace).toString().equals(pod));
  }

  @Test
  void capturesWithThreeCapabilitiesAndAReadOnlyRoot() throws IOException {
    NetworkNamespace pod = network.pod();
    Process capturer = captureWith(EnumSet.allOf(Capability.class));
    try (BufferedReader said = capturer.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo(CaptureOnce.CAPTURING);
      try (DatagramChannel socket = network.udpSocket(pod)) {
        NamespaceLab.send(socket, NamespaceLab.GATEWAY_OF_POD, 5353, CaptureOnce.PACKETS, 40);
      }
      assertThat(said.readLine()).isEqualTo(CaptureOnce.CAPTURED + CaptureOnce.PACKETS);
    }
    assertThat(Machine.output("tcpdump", "-nn", "-r", file().toString()))
        .hasSize(CaptureOnce.PACKETS)
        .allMatch(line -> line.contains("10.99.1.2."));
  }

  @ParameterizedTest
  @EnumSource(Capability.class)
  void namesTheOneCapabilityThatIsMissing(Capability missing) throws IOException {
    Process capturer = captureWith(EnumSet.complementOf(EnumSet.of(missing)));

    try (BufferedReader said = capturer.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.lines()).containsExactly(CaptureOnce.DENIED + missing);
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void cannotWriteToTheRootFileSystem() throws IOException {
    Path elsewhere = Path.of("/alertcap-test-" + container);
    network.closing(() -> Files.deleteIfExists(elsewhere));
    Process capturer =
        confined(EnumSet.allOf(Capability.class), List.of("touch", elsewhere.toString()));

    assertThat(capturer.onExit().join().exitValue()).isNotZero();
    assertThat(elsewhere).doesNotExist();
  }

  private Path file() {
    return spool.resolve("capture.pcap");
  }

  private Process captureWith(Set<Capability> capabilities) throws IOException {
    Path java = Path.of(System.getProperty("java.home")).resolve("bin").resolve("java");
    return confined(
        capabilities,
        List.of(
            java.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-UsePerfData",
            // JNA unpacks its native part there
            "-Djava.io.tmpdir=" + spool,
            "-cp",
            System.getProperty("java.class.path"),
            CaptureOnce.class.getName(),
            container.hex(),
            file().toString()));
  }

  private Process confined(Set<Capability> capabilities, List<String> program) throws IOException {
    String set =
        capabilities.stream()
            .map(each -> ",+" + each.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("", "-all", ""));
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    command.addAll(List.of("sh", "-c", READ_ONLY.strip(), spool.toString()));
    command.addAll(List.of("setpriv", "--bounding-set", set, "--inh-caps", set, "--no-new-privs"));
    command.addAll(program);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    network.closing(process::destroyForcibly);
    return process;
  }

  private static ContainerId randomId() {
    byte[] bytes = new byte[32];
    new Random().nextBytes(bytes);
    return new ContainerId(HexFormat.of().formatHex(bytes));
  }
}
