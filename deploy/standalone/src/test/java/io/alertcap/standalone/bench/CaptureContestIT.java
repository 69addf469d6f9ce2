package io.alertcap.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.standalone.bench.Measured.Contender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the capture measures count right, on so few packets that none can be lost. */
@Timeout(120)
class CaptureContestIT {

  private static final int PACKETS = 4000;

  @TempDir Path directory;

  @BeforeAll
  static void possible() {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, to make network namespaces");
    for (String program : List.of("ip", "trafgen", "tcpdump", "dumpcap", "capinfos")) {
      assumeTrue(isInstalled(program), "needs the program " + program);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void everyPacketIsCountedForEveryCapturer(int captures) throws BenchFailed, InterruptedException {
    List<Capturer> capturers =
        List.of(new AlertcapCapturer(), ForeignCapturer.tcpdump(), ForeignCapturer.dumpcap());
    Workbench workbench = new Workbench(1, PACKETS, 1, directory, ignored -> {});

    List<Contender> contenders = new CaptureContest(workbench, capturers, captures).hold();

    assertThat(contenders)
        .extracting(Contender::name)
        .containsExactly("alertcap", "tcpdump", "dumpcap");
    assertThat(contenders)
        .allSatisfy(each -> {
          assertThat(each.figure(CaptureContest.LOST).values()).containsExactly(0.0);
          assertThat(each.figure(CaptureContest.CPU).median()).isPositive();
        });
    assertThat(Path.of("/run/netns")).isDirectoryNotContaining("glob:" + Links.prefix() + "*");
  }

  @Test
  void whatIsSentArrivesAndNothingElse() throws BenchFailed, InterruptedException {
    try (Links links = Links.make(1, directory)) {
      assertThat(links.arrived()).isZero();
      links.send(PACKETS, 100_000);
      assertThat(links.arrived()).isEqualTo(PACKETS);
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
