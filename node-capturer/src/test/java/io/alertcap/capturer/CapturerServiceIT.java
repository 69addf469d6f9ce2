package io.alertcap.capturer;

import static io.alertcap.capturer.fixture.Requests.forNetns;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.fixture.Outside;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.signature.SigningKey;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.NodeCapture;
import io.alertcap.schemas.NodeState;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole capturer between a real broker and a real store, with a pod's real namespace. */
@Timeout(120)
class CapturerServiceIT {

  private static final int PORT = 5353;

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();
  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private Outside outside;
  private CapturerService service;
  private DatagramChannel pod;

  @BeforeEach
  void startService() throws IOException {
    outside = new Outside(kafka.bootstrapServers(), s3.endpoint(), s3.credentials(), s3.bucket());
    start("");
    pod = lab.udpSocket(lab.pod());
  }

  private void start(String policy) throws IOException {
    service =
        CapturerService.start(
            ConfigurationSource.text("it", outside.config(directory.resolve("spool")) + policy)
                .read(CapturerConfig::from)
                .settings());
    await().until(() -> Outside.get(service.httpPort(), "/readyz").statusCode() == 200);
  }

  @AfterEach
  void closeService() {
    service.close();
    outside.close();
  }

  @Test
  void aCommandBecomesAFileInTheBucketThatOthersCanRead() throws Exception {
    CaptureRequest request = podRequest("whole", spec("udp", "auto", Duration.ofSeconds(2)));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.STARTED);

    NamespaceLab.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, 25, 40);

    outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);
    List<CaptureEvent> events = outside.events(request.id());
    assertThat(events)
        .extracting(CaptureEvent::status)
        .containsExactly(CaptureStatus.STARTED, CaptureStatus.CAPTURED, CaptureStatus.COMPLETED);
    CaptureEvent.Completed completed = (CaptureEvent.Completed) events.getLast();
    assertThat(completed.result().networkInterface()).isEqualTo("eth0");
    assertThat(completed.result().end()).isEqualTo(CaptureEnd.DURATION);
    assertThat(completed.artifact().packets()).isEqualTo(25);
    String key = completed.artifact().key();
    assertThat(outside.keys()).containsExactlyInAnyOrder(key, key.replace(".pcapng.gz", ".json"));
    assertThat(outside.head(key).metadata())
        .containsEntry("capture-id", request.id().value())
        .containsEntry("packets", "25");
    Path file = outside.download(key, directory.resolve("copy.pcap"));
    assertThat(Machine.output("capinfos", "-Mc", file.toString()))
        .anyMatch(line -> line.startsWith("Number of packets") && line.endsWith(" 25"));
    assertThat(Machine.output("tshark", "-r", file.toString(), "-T", "fields", "-e", "ip.src"))
        .hasSize(25)
        .containsOnly("10.99.1.2");
    assertThat(Outside.get(service.httpPort(), "/metrics").body())
        .contains("alertcap_capturer_commands_total{outcome=\"accepted\"} 1.0")
        .contains("alertcap_capturer_filter_active_seconds_count 1");
    assertThat(Outside.get(service.httpPort(), "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void theNodeSaysThatItIsThereAndWhatItCaptures() {
    CaptureRequest request = podRequest("told", spec("udp", "auto", Duration.ofSeconds(5)));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            Outside.get(service.httpPort(), "/readyz").body().contains("\"nodes\":\"ready\""));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          assertThat(outside.states())
              .anySatisfy(state ->
                  assertThat(state.captures())
                      .extracting(NodeCapture::id)
                      .containsExactly(request.id()));
          assertThat(outside.states().getLast().captures()).isEmpty();
        });
    assertThat(outside.states()).extracting(NodeState::node).containsOnly(Requests.NODE);
  }

  @Test
  void aStopEndsACapture() throws Exception {
    CaptureRequest request = podRequest("stop", spec("udp", "auto", Duration.ofMinutes(2)));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.STARTED);
    NamespaceLab.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, 5, 40);

    outside.command(new CaptureCommand.Stop(request.id(), Requests.NODE, CaptureEnd.CANCELLED));

    outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);
    CaptureEvent.Completed completed =
        (CaptureEvent.Completed) outside.events(request.id()).getLast();
    assertThat(completed.result().end()).isEqualTo(CaptureEnd.CANCELLED);
    assertThat(completed.result().packets()).isEqualTo(5);
  }

  @Test
  void badCommandsEndInOneClearEventEachAndTheNextOneWorks() {
    CaptureRequest hostile =
        podRequest("hostile", spec("-z /evil.sh", "auto", Duration.ofSeconds(1)));
    CaptureRequest noInterface = podRequest("eth7", spec("udp", "eth7", Duration.ofSeconds(1)));
    CaptureRequest gone =
        Requests.expiringAt(Requests.forContainer("gone"), Instant.now().plusSeconds(3));
    CaptureRequest outsideOfPolicy = forNetns("etc", Path.of("/etc/passwd"));
    CaptureRequest good = podRequest("good", spec("udp", "auto", Duration.ofMillis(300)));
    CaptureId torn = Requests.id("torn");

    outside.garbage("{\"type\":\"start\",\"request\":{\"id\":\"" + torn + "\"}}");
    outside.garbage("\u0000 no json at all");
    outside.start(hostile);
    outside.start(noInterface);
    outside.start(gone);
    outside.start(outsideOfPolicy);
    outside.start(good);

    outside.awaitEvent(good.id(), CaptureStatus.COMPLETED);
    await().until(() -> outside.events().size() >= 9);
    assertThat(outside.events()).hasSize(9);
    assertThat(failure(torn).code()).isEqualTo(FailureCode.INVALID_COMMAND);
    assertThat(failure(hostile.id()).code()).isEqualTo(FailureCode.INVALID_FILTER);
    assertThat(failure(noInterface.id()).code()).isEqualTo(FailureCode.INTERFACE_NOT_FOUND);
    assertThat(failure(noInterface.id()).message()).contains("eth0");
    assertThat(failure(gone.id()).code()).isEqualTo(FailureCode.CONTAINER_NOT_FOUND);
    assertThat(failure(outsideOfPolicy.id()).code()).isEqualTo(FailureCode.POLICY_DENIED);
    assertThat(outside.events())
        .filteredOn(event -> event.asked().isEmpty())
        .extracting(CaptureEvent::status)
        .containsExactly(CaptureStatus.REJECTED, CaptureStatus.REJECTED);
  }

  @Test
  void takesOnlySignedCommandsWhereItHasKeys() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Base64.Encoder base64 = Base64.getEncoder();
    service.close();
    start(
        "policy: {commandKeys: [%s]}"
            .formatted(base64.encodeToString(keys.getPublic().getEncoded())));
    CaptureRequest unsigned = podRequest("unsigned", spec("udp", "auto", Duration.ofSeconds(1)));
    CaptureRequest signed = podRequest("signed", spec("udp", "auto", Duration.ofMillis(300)));

    outside.start(unsigned);
    outside.start(
        signed, SigningKey.of(new Secret(base64.encodeToString(keys.getPrivate().getEncoded()))));

    outside.awaitEvent(signed.id(), CaptureStatus.COMPLETED);
    assertThat(outside.events(unsigned.id())).isEmpty();
    assertThat(outside.events())
        .filteredOn(CaptureEvent.Rejected.class::isInstance)
        .hasSize(1)
        .allSatisfy(event -> {
          Failure failure = ((CaptureEvent.Rejected) event).failure();
          assertThat(failure.code()).isEqualTo(FailureCode.POLICY_DENIED);
          assertThat(failure.message()).contains(unsigned.id().value(), "policy.commandKeys");
        });
  }

  private CaptureRequest podRequest(String name, CaptureSpec spec) {
    return with(forNetns(name, lab.podPath()), spec);
  }

  private Failure failure(CaptureId id) {
    return switch (outside.events(id).getLast()) {
      case CaptureEvent.Failed failed -> failed.failure();
      case CaptureEvent.Rejected rejected -> rejected.failure();
      default -> throw new AssertionError(outside.events(id));
    };
  }
}
