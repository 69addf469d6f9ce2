package io.alertcap.capturer;

import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.capture.PacketSource;
import io.alertcap.capturer.command.CommandConsumer;
import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.PodLogs;
import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.capturer.enrich.names.TriggerAddressNames;
import io.alertcap.capturer.event.EventPublisher;
import io.alertcap.capturer.event.NodePublisher;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NamespaceOwners;
import io.alertcap.capturer.policy.Budgets;
import io.alertcap.capturer.prepare.UploadPreparation;
import io.alertcap.capturer.run.CaptureIntake;
import io.alertcap.capturer.run.CaptureRuns;
import io.alertcap.capturer.run.CaptureSteps;
import io.alertcap.capturer.run.CaptureTools;
import io.alertcap.capturer.run.Resumption;
import io.alertcap.capturer.run.TargetNamespaces;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolCheck;
import io.alertcap.capturer.upload.S3ArtifactStore;
import io.alertcap.capturer.upload.Uploader;
import io.alertcap.capturer.web.StatusServer;
import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.health.RecurringTasks;
import io.alertcap.foundation.metrics.BuildVersion;
import io.alertcap.foundation.metrics.Metrics;
import io.alertcap.foundation.program.RunningService;
import io.alertcap.foundation.s3.S3Clients;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running capturer. Several can run in one process, each on its own spool. Neither Kafka nor S3
 * need be there when it starts, or all the time: {@code /readyz} says what is missing.
 */
public final class CapturerService implements RunningService {

  private static final Logger log = LoggerFactory.getLogger(CapturerService.class);

  /** The loop that polls waits for Kafka, at most for some requests in a row. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private static final Duration BUDGET_WINDOW = Duration.ofHours(1);

  /** What uploads leave of the grace for the events that come of them. */
  private static final Duration TELLING = Duration.ofSeconds(2);

  private final String node;
  private final Duration grace;
  private final Optional<TriggerAddressNames> names;
  private final Spool spool;
  private final EventPublisher events;
  private final NodePublisher state;
  private final Uploader uploads;
  private final CaptureRuns runs;
  private final CommandConsumer commands;
  private final StatusServer web;
  private final Metrics metrics = new Metrics("capturer");
  private final ExecutorService journal = thread("journal");
  private final RecurringTasks watch;

  private CapturerService(CapturerConfig config, Optional<AddressNames> standIn, Clock clock)
      throws IOException {
    this.node = config.node().name();
    this.grace = config.capture().shutdownGrace();
    Health health = new Health();
    health.bindTo(metrics.registry());
    this.watch = health.recurring("watch");
    CapturerMeters meters = new CapturerMeters(metrics.registry());
    KafkaClients kafka = new KafkaClients(config.kafka(), config.node().name());

    this.names = TriggerAddressNames.of(config.names());
    this.spool = Spool.open(config.spool(), config.spoolOwner(), clock);
    Budgets budgets =
        new Budgets(
            config.policy(),
            config.capture().bufferSize(),
            () -> spool.bytesCaptured(BUDGET_WINDOW));
    this.events =
        new EventPublisher(
            kafka::producer,
            config.kafka().eventsTopic(),
            kafka::events,
            "/alertcap/node/" + config.node().name(),
            spool,
            health.readiness("events"),
            health.heartbeat("events", LONGEST_SILENCE));
    this.state =
        new NodePublisher(
            kafka::producer,
            config.kafka().nodesTopic(),
            kafka::nodes,
            config.node().name(),
            BuildVersion.read(),
            spool,
            clock,
            health);
    this.uploads =
        new Uploader(
            preparation(config, standIn, meters),
            new S3ArtifactStore(
                S3Clients.client(config.s3()), config.s3().bucket(), config.s3().storage()),
            config.s3().prefix(),
            spool,
            config.spool().keepFor(),
            Uploader.BACKOFF,
            events::publish,
            meters,
            health,
            clock);
    CaptureSteps steps = new CaptureSteps(events::publish, uploads::submit, meters, clock);
    PacketSource source = new LibpcapPacketSource(clock);
    CgroupContainerProcesses containers =
        new CgroupContainerProcesses(config.node().procRoot(), config.node().cgroupRoot());
    NamespaceDoor door =
        new NamespaceDoor(config.node().procRoot(), config.policy().netnsDirectories());
    PodLogs pods = new PodLogs(config.node().podLogsRoot());
    TargetNamespaces namespaces =
        new TargetNamespaces(
            containers, door, new NamespaceOwners(config.node().procRoot(), pods), config.policy());
    this.runs =
        new CaptureRuns(
            new CaptureTools(
                namespaces,
                source,
                spool,
                budgets,
                steps,
                meters,
                config.capture().bufferSize(),
                clock,
                journal));
    this.commands =
        new CommandConsumer(
            config.kafka().commandsTopic(),
            config.node().name(),
            config.policy().commandKeys(),
            kafka::consumer,
            kafka::commands,
            new CaptureIntake(spool, config.policy(), budgets, runs, steps, meters, clock),
            health.readiness("commands"),
            health.heartbeat("commands", LONGEST_SILENCE),
            System::nanoTime);
    new SpoolMeters(spool, budgets).register(meters);
    this.web = listen(config, health);
    new SpoolCheck(spool, health.readiness("spool")).start(watch);
    new SelfTest(source, door, health.readiness("capture")).run();
    Optional<String> nameless =
        config.policy().requireKnownPod() ? pods.problem() : Optional.empty();
    tell(health.readiness("containers"), containers.problem().or(() -> nameless));
    events.start();
    uploads.start();
    runs.watchDisk(watch);
    new Resumption(spool, budgets, runs, steps, uploads::submit, clock).run();
    commands.start();
    state.start();
  }

  /**
   * Starts; returns when commands are about to be taken.
   *
   * @throws IOException if the spool cannot be used, or the port be listened on
   */
  public static CapturerService start(CapturerConfig config) throws IOException {
    return new CapturerService(config, Optional.empty(), Clock.systemUTC());
  }

  /** The same, asking for names in this process unless {@code names.url} says where else. */
  public static CapturerService start(CapturerConfig config, AddressNames standIn)
      throws IOException {
    return new CapturerService(config, Optional.of(standIn), Clock.systemUTC());
  }

  @Override
  public String announcement() {
    return "started: capturer of %s, status on port %d".formatted(node, httpPort());
  }

  /** The port of {@code /livez}, {@code /readyz} and {@code /metrics}. */
  public int httpPort() {
    return web.port();
  }

  /**
   * Ends running captures as interrupted, uploads and tells what it can within {@code
   * capture.shutdownGrace}, and leaves the rest to the next start.
   */
  @Override
  public void close() {
    long deadline = System.nanoTime() + grace.toNanos();
    commands.close();
    state.close();
    runs.close(left(deadline));
    uploads.close(left(deadline - TELLING.toNanos()));
    names.ifPresent(TriggerAddressNames::close);
    events.close(left(deadline));
    journal.shutdown();
    watch.close();
    web.close();
    closeSpool();
    metrics.close();
    log.info("Closed; {} captures wait in the journal.", spool.captures().size());
  }

  private UploadPreparation preparation(
      CapturerConfig config, Optional<AddressNames> standIn, CapturerMeters meters) {
    return new UploadPreparation(
        config.capture().upload(),
        new PayloadPolicy(config.policy().payload(), config.policy()::holdsToHeaders),
        names.<AddressNames>map(source -> source).or(() -> standIn),
        spool::shortage,
        meters,
        BuildVersion.read());
  }

  private static void tell(Readiness part, Optional<String> problem) {
    problem.ifPresentOrElse(part::notReady, part::ready);
    problem.ifPresent(log::error);
  }

  private StatusServer listen(CapturerConfig config, Health health) throws IOException {
    try {
      return StatusServer.start(config.http(), health, metrics);
    } catch (IOException e) {
      closeSpool();
      throw e;
    }
  }

  private void closeSpool() {
    try {
      spool.close();
    } catch (IOException e) {
      log.warn("The lock of the spool was not given back: {}", e.toString());
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> Thread.ofPlatform().name(name).unstarted(task));
  }
}
