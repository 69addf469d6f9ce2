package io.alertcap.trigger.record;

import static io.alertcap.trigger.Events.captured;
import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.failed;
import static io.alertcap.trigger.Events.rejectedUnread;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Events.started;
import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.request;
import static io.alertcap.trigger.Requests.target;
import static io.alertcap.trigger.Requests.withUid;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.DataSize;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaptureRecordsTest {

  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final RuleAndTarget RULE_AND_TARGET = RuleAndTarget.of(request("a"));

  private final CaptureRecords records = records();

  @Test
  void followsACaptureFromEventToEvent() {
    CaptureRequest request = request("a");
    records.add(requested(request));
    assertThat(records.find(request.id()).orElseThrow().status())
        .isEqualTo(CaptureStatus.REQUESTED);

    List.of(started(request), captured(request), completed(request)).forEach(records::add);

    CaptureRecord record = records.find(request.id()).orElseThrow();
    assertThat(record.status()).isEqualTo(CaptureStatus.COMPLETED);
    assertThat(record.alert()).isEqualTo(request.alert());
    assertThat(record.history()).hasSize(4);
  }

  @Test
  void isTheSameInWhateverOrderAndHoweverOftenEventsCome() {
    List<CaptureEvent> events = new ArrayList<>();
    IntStream.range(0, 20)
        .mapToObj(i -> request("coredns-latency", "pod-" + i % 5, NOON.plusSeconds(i)))
        .forEach(r -> Collections.addAll(events, requested(r), started(r), captured(r)));
    events.add(rejectedUnread(request("coredns-latency", "pod-1", NOON.plusSeconds(1))));
    events.forEach(records::add);

    events.addAll(List.copyOf(events));
    Collections.shuffle(events, new Random(7));
    CaptureRecords shuffled = records();
    events.forEach(shuffled::add);

    assertThat(shuffled.list(all())).isEqualTo(records.list(all()));
    assertThat(shuffled.count(CaptureStatus.CAPTURED)).isEqualTo(19);
    assertThat(shuffled.count(CaptureStatus.REJECTED)).isEqualTo(1);
    assertThat(shuffled.count(CaptureStatus.REQUESTED)).isZero();
  }

  @Test
  void listsTheNewestFirstAndPageByPage() {
    List<CaptureRequest> requests =
        IntStream.range(0, 5)
            .mapToObj(i -> request("coredns-latency", "a", NOON.plusSeconds(i)))
            .toList();
    requests.forEach(r -> records.add(requested(r)));

    Page first = records.list(page(2, Optional.empty()));
    records.add(requested(request("coredns-latency", "new", NOON.plusSeconds(9))));
    Page second = records.list(page(2, first.next()));
    Page third = records.list(page(2, second.next()));

    assertThat(ids(first, second, third))
        .containsExactlyElementsOf(requests.reversed().stream().map(CaptureRequest::id).toList());
    assertThat(third.next()).isEmpty();
  }

  @Test
  void hasNoNextPageWhereTheLastOneIsJustFull() {
    records.add(requested(request("a")));

    assertThat(records.list(page(1, Optional.empty())).next()).isEmpty();
  }

  @Test
  void filtersByEverythingThatTheApiNames() {
    CaptureRequest here = request("dns", target("kube-system", "a", "worker-1"), "DnsSlow", NOON);
    CaptureRequest there =
        request("web", target("shop", "b", "worker-2"), "WebSlow", NOON.plusSeconds(60));
    records.add(requested(here));
    records.add(failed(there));

    assertThat(found(query().namespace("shop"))).containsExactly(there.id());
    assertThat(found(query().pod("a"))).containsExactly(here.id());
    assertThat(found(query().node("worker-2"))).containsExactly(there.id());
    assertThat(found(query().rule("dns"))).containsExactly(here.id());
    assertThat(found(query().alertname("WebSlow"))).containsExactly(there.id());
    assertThat(found(query().status(CaptureStatus.REQUESTED))).containsExactly(here.id());
    assertThat(found(query().since(NOON.plusSeconds(60)))).containsExactly(there.id());
    assertThat(found(query().namespace("shop").rule("dns"))).isEmpty();
  }

  @Test
  void listsARejectedCommandThatNobodyCouldRead() {
    records.add(rejectedUnread(request("a")));

    assertThat(ids(records.list(all()))).hasSize(1);
    assertThat(found(query().pod("a"))).isEmpty();
  }

  @Test
  void putsACaptureInItsPlaceOnceItIsKnownWhenItWasCommanded() {
    CaptureRequest early = request("coredns-latency", "a", NOON);
    CaptureRequest late = request("coredns-latency", "b", NOON.plusMillis(1));
    records.add(rejectedUnread(early));
    records.add(requested(late));
    records.add(requested(early));

    assertThat(ids(records.list(all()))).containsExactly(late.id(), early.id());
  }

  @Test
  void forgetsTheOldestThatHasEndedWhenItIsFull() {
    CaptureRecords small =
        TemporaryRecords.open(
            new RecordSettings(TemporaryRecords.directory(), DataSize.ofBytes(600_000)), CLOCK);
    CaptureRequest running = request("coredns-latency", "running", NOON);
    small.add(started(running));
    CaptureRequest oldest = request("coredns-latency", "0", NOON.plusSeconds(1));
    for (int i = 0; i < 500; i++) {
      small.add(completed(request("coredns-latency", "" + i, NOON.plusSeconds(1 + i))));
    }

    assertThat(small.find(running.id())).isPresent();
    assertThat(small.find(oldest.id())).isEmpty();
    assertThat(small.lastCapture(RuleAndTarget.of(oldest))).isEmpty();
    assertThat(small.find(request("coredns-latency", "499", NOON.plusSeconds(500)).id()))
        .isPresent();
    assertThat(small.count(CaptureStatus.COMPLETED)).isBetween(100, 499);
  }

  @Test
  void forgetsWhatIsOlderThanTheTopicIsKept() {
    records.add(completed(request("coredns-latency", "old", NOON.minus(Duration.ofDays(31)))));
    records.add(requested(request("a")));

    assertThat(ids(records.list(all()))).hasSize(1);
  }

  @Test
  void knowsWhenARuleLastHadATargetCaptured() {
    CaptureRequest first = request("coredns-latency", "a", NOON);
    CaptureRequest second = request("coredns-latency", "a", NOON.plusSeconds(60));
    records.add(completed(first));
    assertThat(records.lastCapture(RULE_AND_TARGET)).contains(NOON);

    records.add(requested(second));
    assertThat(records.lastCapture(RULE_AND_TARGET)).contains(NOON.plusSeconds(60));
  }

  @Test
  void countsNoCaptureThatEndedBeforeItsFirstPacket() {
    CaptureRequest request = request("coredns-latency", "a", NOON);
    records.add(requested(request));
    records.add(failed(request));

    assertThat(records.lastCapture(RULE_AND_TARGET)).isEmpty();
  }

  private static CaptureRecords records() {
    return TemporaryRecords.open(CLOCK);
  }

  private List<CaptureId> found(RecordQueryBuilder query) {
    return ids(records.list(query.build()));
  }

  private static List<CaptureId> ids(Page... pages) {
    return List.of(pages).stream()
        .flatMap(page -> page.entries().stream())
        .map(Page.Entry::id)
        .toList();
  }

  private static RecordQueryBuilder query() {
    return new RecordQueryBuilder();
  }

  private static RecordQuery all() {
    return query().build();
  }

  /** A StatefulSet's pod has its old name when it is recreated, and is another pod all the same. */
  @Test
  void knowsAPodByItsUid() {
    CaptureRequest first = withUid(request("a"), "0b6c2b2e-0000-4000-8000-000000000001");
    records.add(started(first));

    assertThat(records.lastCapture(RuleAndTarget.of(first))).isPresent();
    assertThat(
            records.lastCapture(
                RuleAndTarget.of(withUid(request("a"), "0b6c2b2e-0000-4000-8000-000000000002"))))
        .isEmpty();
  }

  private static RecordQuery page(int limit, Optional<Cursor> cursor) {
    return query().limit(limit).cursor(cursor).build();
  }
}
