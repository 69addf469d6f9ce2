package io.alertcap.capturer.run;

import io.alertcap.capturer.command.CommandIntake.Answer;
import io.alertcap.capturer.command.NodeCommand;
import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.PodLogs;
import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.event.EventPublisher;
import io.alertcap.capturer.fixture.FakeArtifactStore;
import io.alertcap.capturer.fixture.FakeKafka;
import io.alertcap.capturer.fixture.FakePacketSource;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NamespaceOwners;
import io.alertcap.capturer.policy.Budgets;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.capturer.prepare.PreparationSettings;
import io.alertcap.capturer.prepare.UploadPreparation;
import io.alertcap.capturer.retry.Backoff;
import io.alertcap.capturer.spool.FreeSpace;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolCheck;
import io.alertcap.capturer.spool.SpoolOwner;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.upload.Uploader;
import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.RecurringTasks;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.PayloadProfile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A whole capturer without Kafka, S3 and libpcap: the real journal, publisher and uploader, between
 * fakes. Opened on the same directory again, it is the node after a restart.
 */
final class Node implements AutoCloseable {

  private static final FreeSpace PLENTY = () -> new FreeSpace.Space(1L << 40, 1L << 40);

  final FakeKafka kafka;
  final FakeArtifactStore store;
  final FakePacketSource packets = new FakePacketSource();
  final Health health = new Health();
  final MeterRegistry registry = new SimpleMeterRegistry();
  final Spool spool;
  final Budgets budgets;
  private final EventPublisher events;
  private final Uploader uploads;
  private final CaptureRuns runs;
  private final CaptureIntake intake;
  private final Resumption resumption;
  private final ExecutorService journal = Executors.newSingleThreadExecutor();
  private final RecurringTasks watch = health.recurring("watch");

  /** What a test may want otherwise. */
  record Setup(
      SpoolSettings spool,
      SpoolOwner owner,
      NodePolicy policy,
      FreeSpace freeSpace,
      Clock clock,
      FakeKafka kafka,
      FakeArtifactStore store) {

    static Setup in(Path directory) {
      return new Setup(
          SpoolSettings.in(directory),
          SpoolOwner.ANY,
          permissive(8),
          PLENTY,
          Clock.systemUTC(),
          new FakeKafka(),
          new FakeArtifactStore());
    }

    Setup with(NodePolicy other) {
      return new Setup(spool, owner, other, freeSpace, clock, kafka, store);
    }

    Setup with(SpoolSettings other) {
      return new Setup(other, owner, policy, freeSpace, clock, kafka, store);
    }

    Setup with(SpoolOwner other) {
      return new Setup(spool, other, policy, freeSpace, clock, kafka, store);
    }

    Setup with(FreeSpace other) {
      return new Setup(spool, owner, policy, other, clock, kafka, store);
    }

    Setup with(Clock other) {
      return new Setup(spool, owner, policy, freeSpace, other, kafka, store);
    }
  }

  /** Lets the tests' own process, in the machine's own namespace, be captured. */
  static NodePolicy permissive(int maxConcurrent) {
    return new NodePolicy(
        List.of(),
        List.of(),
        true,
        true,
        List.of(),
        false,
        List.of(),
        maxConcurrent,
        DataSize.ofGibibytes(10),
        Duration.ofMinutes(10),
        DataSize.ofGibibytes(1),
        DataSize.ofMebibytes(8),
        DataSize.ofMebibytes(64),
        PayloadProfile.FULL,
        List.of());
  }

  Node(Setup setup) throws IOException {
    NamespaceDoor.warmUp();
    this.kafka = setup.kafka;
    this.store = setup.store;
    CapturerMeters meters = new CapturerMeters(registry);
    this.spool = Spool.open(setup.spool, setup.owner, setup.clock, setup.freeSpace);
    this.budgets =
        new Budgets(
            setup.policy, DataSize.ofMebibytes(2), () -> spool.bytesCaptured(Duration.ofHours(1)));
    this.events =
        new EventPublisher(
            kafka::producer,
            "alertcap.events",
            () -> new TopicState.Ready(1, "topic"),
            "/alertcap/node/worker-3",
            spool,
            health.readiness("events"),
            health.heartbeat("events", Duration.ofMinutes(2)));
    this.uploads =
        new Uploader(
            new UploadPreparation(
                PreparationSettings.STANDARD,
                new PayloadPolicy(setup.policy.payload(), setup.policy::holdsToHeaders),
                Optional.empty(),
                spool::shortage,
                meters,
                "1"),
            store,
            "prefix",
            spool,
            setup.spool.keepFor(),
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)),
            events::publish,
            meters,
            health,
            setup.clock);
    CaptureSteps steps = new CaptureSteps(events::publish, uploads::submit, meters, setup.clock);
    TargetNamespaces namespaces =
        new TargetNamespaces(
            new CgroupContainerProcesses(Path.of("/nonexistent"), Path.of("/nonexistent")),
            new NamespaceDoor(Path.of("/proc"), List.of()),
            new NamespaceOwners(Path.of("/proc"), new PodLogs(Path.of("/nonexistent"))),
            setup.policy);
    this.runs =
        new CaptureRuns(
            new CaptureTools(
                namespaces,
                packets,
                spool,
                budgets,
                steps,
                meters,
                DataSize.ofMebibytes(2),
                setup.clock,
                journal));
    this.intake = new CaptureIntake(spool, setup.policy, budgets, runs, steps, meters, setup.clock);
    this.resumption = new Resumption(spool, budgets, runs, steps, uploads::submit, setup.clock);
  }

  Node started() {
    events.start();
    uploads.start();
    runs.watchDisk(watch);
    new SpoolCheck(spool, health.readiness("spool")).start(watch);
    resumption.run();
    return this;
  }

  Answer start(CaptureRequest request) {
    return take(new NodeCommand.Understood(new CaptureCommand.Start(request)));
  }

  Answer take(NodeCommand command) {
    return intake.take(command);
  }

  /** What a part says of itself on /readyz. */
  String check(String part) {
    return health.ready().checks().getOrDefault(part, "(no such part)");
  }

  double counted(String meter, String... tags) {
    return Optional.ofNullable(registry.find(meter).tags(tags).counter())
        .map(counter -> counter.count())
        .orElse(0.0);
  }

  @Override
  public void close() throws IOException {
    runs.close(Duration.ofSeconds(5));
    journal.shutdown();
    uploads.close(Duration.ofSeconds(5));
    events.close(Duration.ofSeconds(5));
    watch.close();
    spool.close();
  }
}
