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
import java.util.ArrayList;
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

  /** Or a file that is too much for a node would keep every other from being delivered. */
  @Test
  void whatEndsTwoProcessesIsNotTriedByTheThird() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(run("-Xmx40m")).as("what the program printed").contains("OutOfMemoryError");
    }

    assertThat(run("-Xmx40m")).as("what the program printed").endsWith("Ready");

    assertThat(prepared().enrichment().plainBecause())
        .hasValueSatisfying(reason -> assertThat(reason).contains("2 processes"));
  }

  /** Starts it as the capturer is started, where a lack of memory ends the process. */
  private String run(String... options) throws IOException, InterruptedException {
    assertThat(SHIPPED).isRegularFile();
    Path printed = directory.resolve("printed");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + SHIPPED);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WorstTraffic.class.getName());
    command.addAll(List.of(directory.resolve("spool").toString(), Integer.toString(NAMES)));
    Process process =
        new ProcessBuilder(command)
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
