package io.alertcap.capturer.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.DnsMessages;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.DnsSide;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The largest that the tables of a pass can be is within the heap that the capturer is shipped
 * with.
 */
@Timeout(300)
class WorstTrafficIT {

  /** The options of the image, which are those of the launcher. */
  private static final Path SHIPPED = Path.of("..", "deploy", "images", "capturer.jvm");

  /** Several times what the largest table holds. */
  private static final int NAMES = 150_000;

  @TempDir Path directory;

  @Test
  void fillsEveryTableAndSaysOthers() throws Exception {
    assertThat(run()).as("what the program printed").endsWith("Ready");

    Prepared prepared = prepared();
    assertThat(prepared.enrichment().plainBecause()).isEmpty();
    assertThat(prepared.packets()).isGreaterThan(NAMES);
    DnsReport dns = prepared.dns().orElseThrow();
    DnsMessages messages = dns.messages();
    assertThat(messages.forgotten()).isPositive();
    assertThat(messages.fragments()).isEqualTo(messages.laterFragments()).isPositive();
    assertThat(messages.tcpGaps()).isPositive();
    DnsSide served = dns.served().orElseThrow();
    assertThat(served.queries()).isGreaterThan(NAMES);
    assertThat(served.otherNames()).isPositive();
    assertThat(served.otherPeers()).isPositive();
    assertThat(prepared.tcp().orElseThrow().forgotten()).isPositive();
  }

  /** Starts it as the capturer is started, where a lack of memory ends the process. */
  private String run() throws IOException, InterruptedException {
    assertThat(SHIPPED).isRegularFile();
    Path printed = directory.resolve("printed");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@" + SHIPPED,
                    "-cp",
                    System.getProperty("java.class.path"),
                    WorstTraffic.class.getName(),
                    directory.resolve("spool").toString(),
                    Integer.toString(NAMES)))
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(printed).strip();
  }

  private Prepared prepared() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Path file = files.filter(each -> each.endsWith("prepared.json")).findFirst().orElseThrow();
      return ((Reading.Valid<Prepared>) Json.read(Files.readAllBytes(file), Prepared.class))
          .value();
    }
  }
}
