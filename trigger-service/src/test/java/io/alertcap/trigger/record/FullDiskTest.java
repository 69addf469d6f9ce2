package io.alertcap.trigger.record;

import static io.alertcap.trigger.Events.started;
import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.EventMessage;
import io.alertcap.trigger.Reports;
import io.alertcap.trigger.record.EventSink.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of a few megabytes, which something else fills. */
class FullDiskTest {

  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir private Path tiny;
  private Optional<CaptureRecords> open = Optional.empty();

  @BeforeEach
  void mounts() throws Exception {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", tiny.toString()))
        .as("skipped: mounting a tmpfs needs root and mount")
        .isZero();
  }

  @AfterEach
  void unmounts() throws Exception {
    open.ifPresent(CaptureRecords::close);
    run("umount", "--lazy", tiny.toString());
  }

  @Test
  void keepsInMemoryWhatTheDiskDoesNotTakeAndWritesItLater() throws Exception {
    CaptureRecords records = reopened();
    records.begin("topic");
    take(records, request("before"), 1);
    fill();

    for (int i = 0; i < 40; i++) {
      take(records, request("coredns-latency", "pod-" + i, NOON.plusSeconds(i)), 2 + i);
    }

    assertThat(records.problem().orElseThrow()).contains("free space on the disk of " + tiny);
    assertThat(records.usable()).isTrue();
    CaptureRequest unwritten = request("coredns-latency", "pod-7", NOON.plusSeconds(7));
    assertThat(records.find(unwritten.id())).isPresent();
    assertThat(records.lastCapture(RuleAndTarget.of(unwritten))).contains(NOON.plusSeconds(7));
    assertThat(records.list(new RecordQueryBuilder().build()).entries()).hasSize(41);
    assertThat(records.list(new RecordQueryBuilder().pod("pod-7").build()).entries()).hasSize(1);
    assertThat(records.json(List.of(unwritten.id()))).hasSize(1);
    assertThat(records.list(new RecordQueryBuilder().limit(40).build()).next()).isPresent();

    Files.delete(tiny.resolve("filler"));
    records.take(List.of(), place(42));

    assertThat(records.problem()).isEmpty();
    CaptureRecords again = reopened();
    assertThat(again.begin("topic")).isEqualTo(place(42));
    assertThat(again.list(new RecordQueryBuilder().build()).entries()).hasSize(41);
    assertThat(again.count(CaptureStatus.COMPLETED)).isEqualTo(41);
  }

  @Test
  void readsNothingMoreAndDecidesNothingWhereMemoryIsFullToo() throws Exception {
    CaptureRecords records = reopened();
    records.begin("topic");
    fill();

    int taken = 0;
    try {
      for (; taken < 2000; taken++) {
        take(records, request("coredns-latency", "pod-" + taken, NOON.plusSeconds(taken)), taken);
      }
    } catch (RecordUnavailable e) {
      assertThat(e.sentence()).contains("free space on the disk of " + tiny);
    }

    assertThat(taken).isBetween(100, 1999);
    assertThat(records.usable()).isFalse();
    assertThat(records.count(CaptureStatus.COMPLETED)).isEqualTo(taken);
    Files.delete(tiny.resolve("filler"));
  }

  /** What it was killed with in memory, it reads from Kafka again. */
  @Test
  void saysAfterAKillThatItReadOnlyWhatIsWritten() throws Exception {
    CaptureRecords records = reopened();
    records.begin("topic");
    take(records, request("before"), 1);
    fill();
    take(records, request("after"), 2);
    records.add(started(request("own")));
    Files.delete(tiny.resolve("filler"));

    CaptureRecords again = reopened();

    assertThat(again.begin("topic")).isEqualTo(place(1));
    assertThat(again.find(request("before").id())).isPresent();
    assertThat(again.find(request("after").id())).isEmpty();
  }

  /** What the disk has of them is outdated, and must not end a page. */
  @Test
  void listsWhatIsBehindCapturesThatWaitInMemory() throws Exception {
    CaptureRecords records = reopened();
    records.begin("topic");
    for (int i = 0; i < 30; i++) {
      records.add(started(request("coredns-latency", "pod-" + i, NOON.plusSeconds(i))));
    }
    fill();
    for (int i = 15; i < 30; i++) {
      take(records, request("coredns-latency", "pod-" + i, NOON.plusSeconds(i)), i);
    }
    assertThat(records.problem()).isPresent();

    Page page =
        records.list(new RecordQueryBuilder().status(CaptureStatus.STARTED).limit(3).build());

    assertThat(page.entries()).hasSize(3);
    assertThat(page.next()).isPresent();
  }

  private static void take(CaptureRecords records, CaptureRequest request, int next) {
    Taken taken =
        records.take(
            List.of(new EventMessage.Step(Reports.read().completed(request))), place(next));
    assertThat(taken).isEqualTo(Taken.ALL);
  }

  private static ReadingPlace place(int next) {
    return new ReadingPlace("topic", Map.of(0, new ReadingPlace.Next(0, next, Optional.empty())));
  }

  private CaptureRecords reopened() {
    open.ifPresent(CaptureRecords::close);
    CaptureRecords records = TemporaryRecords.open(RecordSettings.in(tiny), CLOCK);
    open = Optional.of(records);
    return records;
  }

  private void fill() throws Exception {
    run("dd", "if=/dev/zero", "of=" + tiny.resolve("filler"), "bs=4096", "status=none");
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
