package io.alertcap.trigger.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.Events;
import io.alertcap.trigger.Requests;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PodEventsTest {

  private static final CaptureRequest REQUEST =
      Requests.request("dns", pod(Optional.of("uid-1")), "DnsSlow", Requests.NOON);

  private final ApiServer server = new ApiServer();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final PodEvents events = replica(0);

  @AfterEach
  void close() {
    events.close();
    server.close();
  }

  @Test
  void tellsThePodThatItsCaptureStartsAndCompletes() {
    events.accept(Events.requested(REQUEST));
    events.accept(Events.started(REQUEST));
    events.accept(Events.captured(REQUEST));
    events.accept(Events.completed(REQUEST));

    awaitCount("created", 2);
    assertThat(told())
        .extracting(Event::getReason)
        .containsExactlyInAnyOrder("CaptureStarted", "CaptureCompleted");
    Event completed =
        told().stream().filter(e -> e.getReason().equals("CaptureCompleted")).findFirst().get();
    assertThat(completed.getType()).isEqualTo("Normal");
    assertThat(completed.getNote())
        .isEqualTo(
            "1000 packets are in s3://captures/2026/11/22/kube-system/coredns-0/"
                + REQUEST.id()
                + ".pcap: capture "
                + REQUEST.id()
                + " of rule dns");
    assertThat(completed.getRegarding().getKind()).isEqualTo("Pod");
    assertThat(completed.getRegarding().getName()).isEqualTo("coredns-0");
    assertThat(completed.getRegarding().getUid()).isEqualTo("uid-1");
    assertThat(completed.getEventTime().getTime()).isEqualTo("2026-11-22T12:01:01.000000Z");
    assertThat(completed.getReportingController()).isEqualTo("alertcap.io/trigger");
  }

  @Test
  void warnsOfAFailureWithItsReason() {
    events.accept(Events.failed(REQUEST));

    awaitCount("created", 1);
    Event failed = told().getFirst();
    assertThat(failed.getType()).isEqualTo("Warning");
    assertThat(failed.getReason()).isEqualTo("CaptureFailed");
    assertThat(failed.getNote())
        .endsWith("of rule dns: container-not-found, no container 000000000000 on worker-1");
  }

  @Test
  void twoReplicasTellItOnce() {
    try (PodEvents other = replica(0)) {
      events.accept(Events.started(REQUEST));
      other.accept(Events.started(REQUEST));

      awaitCount("created", 1);
      awaitCount("duplicate", 1);
    }
    assertThat(told()).hasSize(1);
  }

  @Test
  void doesNotTellAgainWhatIsReadAtAStart() {
    try (PodEvents tomorrow = replica(24)) {
      tomorrow.accept(Events.started(REQUEST));
      events.accept(Events.failed(REQUEST));

      awaitCount("created", 1);
    }
    assertThat(told()).extracting(Event::getReason).containsExactly("CaptureFailed");
  }

  @Test
  void saysNothingOfTargetsThatAreNoPodsOfACluster() {
    CaptureRequest elsewhere =
        Requests.request("dns", pod(Optional.empty()), "DnsSlow", Requests.NOON);
    CaptureEvent unread = Events.rejectedUnread(elsewhere);

    events.accept(Events.started(elsewhere));
    events.accept(unread);
    events.accept(Events.started(REQUEST));

    awaitCount("created", 1);
    assertThat(told()).hasSize(1);
  }

  @Test
  void countsWhatTheServerDoesNotTake() {
    server
        .server()
        .expect()
        .post()
        .withPath("/apis/events.k8s.io/v1/namespaces/kube-system/events")
        .andReturn(403, "{\"kind\":\"Status\",\"code\":403,\"message\":\"forbidden\"}")
        .once();

    events.accept(Events.started(REQUEST));
    events.accept(Events.completed(REQUEST));

    awaitCount("failed", 1);
    awaitCount("created", 1);
  }

  private PodEvents replica(long hoursLater) {
    Clock clock = Clock.fixed(Requests.NOON.plusSeconds(3600 * hoursLater), ZoneOffset.UTC);
    return new PodEvents(server.client(), "replica-" + hoursLater, clock, meters);
  }

  private List<Event> told() {
    return server.client().events().v1().events().inNamespace("kube-system").list().getItems();
  }

  private void awaitCount(String result, int count) {
    await()
        .untilAsserted(() ->
            assertThat(meters.find("alertcap.pod.events").tag("result", result).counter())
                .isNotNull()
                .extracting(Counter::count)
                .isEqualTo((double) count));
  }

  private static Target pod(Optional<String> uid) {
    return new Target(
        "kube-system",
        "coredns-0",
        uid,
        Optional.empty(),
        "worker-1",
        Optional.of("coredns"),
        Optional.of("containerd://" + "0".repeat(64)),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
