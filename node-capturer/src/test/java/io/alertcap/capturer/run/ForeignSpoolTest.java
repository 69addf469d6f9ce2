package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.fixture.ClosedCaptures;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolOwner;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.schemas.CaptureRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node finds in its spool that was captured for the store of another cluster. */
@Timeout(30)
class ForeignSpoolTest {

  private static final String OTHERS = "minio.other:9000/captures";
  private static final SpoolOwner OTHER = new SpoolOwner(Optional.of(OTHERS), List.of());
  private static final SpoolOwner OWN = new SpoolOwner(Optional.of("s3://captures"), List.of());
  private static final SpoolOwner HEIR =
      new SpoolOwner(Optional.of("s3://captures"), List.of(OTHERS));

  @TempDir Path directory;
  private final CaptureRequest closed = brief("closed");
  private final CaptureRequest accepted = brief("accepted");

  @Test
  void isNeitherBegunNorUploadedNorToldOfNorDeletedAndTheOperatorIsTold() throws IOException {
    leave(OTHER);
    String journal = journal();
    try (Node node = started(OWN)) {
      CaptureRequest own = brief("own");
      node.start(own);

      await().until(() -> node.kafka.typesOf(own.id()).contains("completed"));
      await()
          .untilAsserted(() ->
              assertThat(node.check("spool"))
                  .startsWith("ready, but 2 captures in ")
                  .contains(OTHERS, "s3://captures", "spool.adopt"));
      node.start(accepted);
      assertThat(node.counted("alertcap.capturer.commands", "outcome", "duplicate")).isEqualTo(1);
      assertThat(node.kafka.typesOf(closed.id())).isEmpty();
      assertThat(node.kafka.typesOf(accepted.id())).isEmpty();
      assertThat(node.store.objects().keySet()).allMatch(key -> key.contains(own.id().value()));
      assertThat(node.spool.usedBytes()).isGreaterThan(0);
    }
    assertThat(journal()).isEqualTo(journal);
  }

  @Test
  void isTakenUpOnceTheOperatorSaysThatItBelongsHereAndForGood() throws IOException {
    leave(OTHER);
    try (Spool spool = Spool.open(SpoolSettings.in(directory), HEIR, Clock.systemUTC())) {
      assertThat(spool.captures()).hasSize(2);
      assertThat(spool.foreign().count()).isZero();
    }

    try (Node node = started(OWN)) {
      await().until(() -> node.kafka.typesOf(closed.id()).contains("completed"));
      await().until(() -> node.kafka.typesOf(accepted.id()).contains("completed"));
      assertThat(node.check("spool")).isEqualTo("ready");
    }
  }

  @Test
  void whatAnEarlierVersionLeftIsTakenUp() throws IOException {
    leave(SpoolOwner.ANY);

    try (Node node = started(OWN)) {
      await().until(() -> node.kafka.typesOf(closed.id()).contains("completed"));
    }
  }

  private void leave(SpoolOwner owner) throws IOException {
    try (Spool before = Spool.open(SpoolSettings.in(directory), owner, Clock.systemUTC())) {
      ClosedCaptures.in(before, closed, Instant.now());
      before.accept(accepted);
    }
  }

  private String journal() throws IOException {
    return Files.readString(
        directory.resolve("captures").resolve(closed.id().value()).resolve("journal.json"));
  }

  private Node started(SpoolOwner owner) throws IOException {
    return new Node(Node.Setup.in(directory).with(owner)).started();
  }

  private static CaptureRequest brief(String name) {
    return with(forThisProcess(name), spec("udp", "auto", Duration.ofMillis(100)));
  }
}
