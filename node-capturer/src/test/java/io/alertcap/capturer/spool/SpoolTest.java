package io.alertcap.capturer.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpoolTest extends OpenSpool {

  @Test
  void twoCapturersNeverShareASpool() {
    assertThatThrownBy(() -> Spool.open(SpoolSettings.in(directory), clock))
        .isInstanceOf(SpoolInUseException.class)
        .hasMessageContaining("spool.directory");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    SpooledCapture capture = spool.accept(request);
    capture.record(started());
    capture.noteUpload("key", Optional.of("upload-1"));

    reopen();

    assertThat(spool.captures()).hasSize(1);
    assertThat(spool.find(request.id()).orElseThrow().journal()).isEqualTo(capture.journal());
  }

  @Test
  void onlyTheOwnerCanReadPackets() throws IOException {
    spool.accept(request);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("captures"))))
        .isEqualTo("rwx------");
  }

  @Test
  void aStepThatCannotFollowIsRefused() throws IOException {
    SpooledCapture capture = spool.accept(request);

    assertThatThrownBy(() -> capture.record(captured(10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("captured cannot follow requested");
  }

  @Test
  void aStepThatIsNotOnDiskIsNotTold() throws IOException {
    SpooledCapture capture = spool.accept(request);
    Path draft = directory.resolve("captures/" + request.id() + "/journal.json.tmp");
    Files.createDirectory(draft);

    capture.record(started());

    assertThatThrownBy(capture::unacknowledged).isInstanceOf(IOException.class);
    Files.delete(draft);
    assertThat(capture.unacknowledged()).hasSize(1);
  }

  @Test
  void theDirectoryOfACommandThatWasNeverAcceptedIsRemoved() throws IOException {
    Path halfWay = Files.createDirectory(directory.resolve("captures/" + request.id()));
    Files.writeString(halfWay.resolve("journal.json.tmp"), "{\"format\":");

    reopen();

    assertThat(spool.knows(request.id())).isFalse();
    assertThat(spool.quarantined()).isZero();
    assertThat(halfWay).doesNotExist();
  }

  @Test
  void aStrangeDirectoryIsPutAside() throws IOException {
    Files.createDirectory(directory.resolve("captures/..evil"));
    Files.writeString(directory.resolve("captures/stray"), "x");

    reopen();

    assertThat(spool.captures()).isEmpty();
    assertThat(spool.quarantined()).isEqualTo(2);
  }

  @Test
  void aJournalOfAnotherFormatIsPutAside() throws IOException {
    Path journal = spool.accept(request).file().resolveSibling("journal.json");
    Files.writeString(journal, Files.readString(journal).replace("\"format\":1", "\"format\":9"));

    reopen();

    assertThat(spool.quarantined()).isEqualTo(1);
    assertThat(spool.find(request.id()).orElseThrow().journal().events().getFirst())
        .isInstanceOf(CaptureEvent.Rejected.class);
  }

  @Test
  void finishedIdsAreForgottenAfterTheirTime() throws IOException {
    finish(request);
    assertThat(spool.knows(request.id())).isTrue();

    clock.advance(Duration.ofDays(3).plusSeconds(1));
    finish(Requests.forThisProcess("later"));

    assertThat(spool.knows(request.id())).isFalse();
    reopen();
    assertThat(spool.knows(request.id())).isFalse();
    assertThat(spool.knows(Requests.id("later"))).isTrue();
  }

  @Test
  void finishedIdsAreBoundedInNumber() throws IOException {
    spool.close();
    spool =
        Spool.open(
            new SpoolSettings(
                directory,
                SpoolSettings.MAX_BYTES,
                Optional.empty(),
                SpoolSettings.KEEP_FOR,
                SpoolSettings.REMEMBER_FOR,
                2,
                10),
            SpoolOwner.ANY,
            clock,
            PLENTY);
    for (String name : new String[] {"1", "2", "3"}) {
      clock.advance(Duration.ofSeconds(1));
      finish(Requests.forThisProcess(name));
    }

    assertThat(spool.knows(Requests.id("1"))).isFalse();
    assertThat(spool.knows(Requests.id("3"))).isTrue();
    try (var files = Files.list(directory.resolve("finished"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aDamagedTombstoneStillCounts() throws IOException {
    finish(request);
    Files.writeString(directory.resolve("finished/" + request.id() + ".json"), "{");

    reopen();

    assertThat(spool.knows(request.id())).isTrue();
  }
}
