package io.alertcap.standalone.demo;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.standalone.Standalone;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole path once, with real parts: an alert is posted, the pod's DNS traffic is captured, and
 * the capture is fetched from S3 and looked at.
 */
public final class Demo {

  private static final Duration CAPTURE = Duration.ofSeconds(10);

  /** Spread over six of the ten seconds: a busy machine may need the rest. */
  private static final int QUERIES = 400;

  private static final Duration BETWEEN_QUERIES = Duration.ofMillis(15);

  private static final Duration UNTIL_STARTED = Duration.ofSeconds(15);
  private static final Duration UNTIL_UPLOADED = CAPTURE.plusSeconds(30);

  /** Of the transcript: its head, and some transactions. */
  private static final int SHOWN_LINES = 4;

  private final Path directory;
  private final Clock clock;
  private final Progress progress;

  /**
   * A demo that has not begun.
   *
   * @param directory for everything it writes; made where there is none
   */
  public Demo(Path directory, Clock clock, Progress progress) {
    this.directory = directory.toAbsolutePath();
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs it; blocks for about twenty seconds.
   *
   * @throws DemoFailed if no readable capture with the demo's packets came back from S3
   */
  public DemoResult run() throws DemoFailed, InterruptedException {
    try (DemoNetwork network = DemoNetwork.build()) {
      progress.step(
          "a network namespace like a pod's, with a DNS server in it: %s".formatted(network));
      Path configuration = DemoFiles.write(directory, CAPTURE, network);
      try (Standalone pipeline = start(configuration);
          TriggerApi trigger = new TriggerApi(pipeline.triggerUri())) {
        progress.step(pipeline.announcement());
        DemoResult result = capture(network, trigger, configuration);
        return result.with(transcript(pipeline, result.record()));
      }
    }
  }

  private static Standalone start(Path configuration) throws DemoFailed {
    try {
      return Standalone.start(ConfigurationSource.file(configuration));
    } catch (Standalone.CannotStart e) {
      throw new DemoFailed("the pipeline does not start: " + e.getMessage(), e);
    }
  }

  private DemoResult capture(DemoNetwork network, TriggerApi trigger, Path configuration)
      throws DemoFailed, InterruptedException {
    CaptureId id = trigger.post(DemoFiles.alert(clock.instant()));
    progress.step("the alert is accepted: capture %s".formatted(id));
    CaptureRecord started = trigger.await(id, CaptureStatus.STARTED, UNTIL_STARTED);
    progress.step("capturing in the pod's namespace, %s".formatted(sinceAlert(started)));
    ask(network);
    progress.step(
        "%d queries were sent and answered; waiting for the time box to end".formatted(QUERIES));
    CaptureRecord completed = trigger.await(id, CaptureStatus.COMPLETED, UNTIL_UPLOADED);
    Artifact artifact =
        completed
            .artifact()
            .orElseThrow(() -> new DemoFailed("a completed capture without artifact"));
    progress.step("uploaded to s3://%s/%s".formatted(artifact.bucket(), artifact.key()));
    Path copy = directory.resolve(artifact.key().substring(artifact.key().lastIndexOf('/') + 1));
    trigger.download(id, copy);
    Download.verify(copy, artifact, 2L * QUERIES);
    progress.step("downloaded, digest and packets verified");
    return new DemoResult(completed, List.of(), copy, configuration, progress.sinceBegin());
  }

  private static List<String> transcript(Standalone pipeline, CaptureRecord record)
      throws DemoFailed {
    String key =
        record.transcript().orElseThrow(() -> new DemoFailed("a DNS capture without transcript"));
    return pipeline.text(key).lines().limit(SHOWN_LINES).toList();
  }

  private void ask(DemoNetwork network) throws DemoFailed, InterruptedException {
    List<String> command = new ArrayList<>(network.asClient());
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            DnsClient.class.getName(),
            DemoNetwork.POD_ADDRESS,
            Integer.toString(QUERIES),
            Long.toString(BETWEEN_QUERIES.toMillis())));
    Process client = Commands.start(command);
    try {
      String said = Commands.output(client);
      if (client.waitFor() != 0) {
        throw new DemoFailed("the DNS client failed: " + said.strip());
      }
    } finally {
      client.destroy();
    }
  }

  private static String sinceAlert(CaptureRecord record) {
    Optional<Duration> delay =
        record
            .timings()
            .alertReceivedAt()
            .flatMap(alert ->
                record.timings().filterActiveAt().map(active -> Duration.between(alert, active)));
    return delay.map(it -> it.toMillis() + " ms after the webhook arrived").orElse("at once");
  }
}
