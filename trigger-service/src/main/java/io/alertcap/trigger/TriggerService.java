package io.alertcap.trigger;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.HealthReport;
import io.alertcap.foundation.health.Probe;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.kafka.KafkaFailures;
import io.alertcap.foundation.kafka.Topics;
import io.alertcap.foundation.metrics.Metrics;
import io.alertcap.foundation.program.RunningService;
import io.alertcap.foundation.s3.S3Clients;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.trigger.decision.Decisions;
import io.alertcap.trigger.decision.RuleBook;
import io.alertcap.trigger.dispatch.Deadline;
import io.alertcap.trigger.dispatch.Dispatcher;
import io.alertcap.trigger.node.Nodes;
import io.alertcap.trigger.record.CaptureRecords;
import io.alertcap.trigger.record.Claims;
import io.alertcap.trigger.record.EventFollower;
import io.alertcap.trigger.record.SilentNodes;
import io.alertcap.trigger.record.SuppressedAlerts;
import io.alertcap.trigger.record.TellingSink;
import io.alertcap.trigger.target.AddressBook;
import io.alertcap.trigger.target.TargetFinder;
import io.alertcap.trigger.web.AccessLog;
import io.alertcap.trigger.web.AlertIntake;
import io.alertcap.trigger.web.AlertMeters;
import io.alertcap.trigger.web.Api;
import io.alertcap.trigger.web.CaptureFeed;
import io.alertcap.trigger.web.EventLoop;
import io.alertcap.trigger.web.HttpFront;
import io.alertcap.trigger.web.Refusals;
import io.alertcap.trigger.web.Route;
import io.alertcap.trigger.web.S3ArtifactStore;
import io.alertcap.trigger.web.StartCaptures;
import io.alertcap.trigger.web.UnknownNodes;
import io.alertcap.trigger.web.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running trigger service. Several can run in one process. Neither Kafka nor S3 need be there
 * when it starts, or all the time: {@code /readyz} says what is missing.
 */
public final class TriggerService implements RunningService {

  private static final Logger log = LoggerFactory.getLogger(TriggerService.class);

  /** Each waits for Kafka most of the time; so many webhooks are on their way at once. */
  private static final int INTAKE_THREADS = 16;

  private static final int INTAKE_QUEUE = 256;

  /** Downloads of which Kafka is still to be told; beyond, the log alone is. */
  private static final int ACCESSES_QUEUE = 1024;

  private static final int READ_THREADS = 4;
  private static final int READ_QUEUE = 64;

  /** For the record of captures, at start: a hundred thousand events take about a second. */
  private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(10);

  /** For the catalog, at start: a cluster of 10,000 pods is listed in some seconds. */
  private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(10);

  /** How soon it shows that Kafka takes no commands, or the store gives no files. */
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

  /** For events of captures whose nodes are silent. */
  private static final Duration TELLING = Duration.ofSeconds(5);

  private final Resources resources;
  private final Health health = new Health();
  private final Readiness accepting = health.readiness("http");
  private final CaptureFeed feed;
  private final HttpFront front;
  private final AddressBook addresses;
  private final Optional<RuleReload> reload;

  private TriggerService(
      TriggerConfig config, Optional<ConfigFile> file, Resources resources, Clock clock)
      throws IOException {
    this.resources = resources;
    Metrics metrics = resources.add(new Metrics("trigger"));
    MeterRegistry meters = metrics.registry();
    health.bindTo(meters);
    KafkaClients kafka = new KafkaClients(config.kafka(), resources);
    Topics topics = kafka.topics();
    Probe sending =
        resources.add(
            Probe.ofNeeded(
                "commands",
                PROBE_INTERVAL,
                () -> kafka.obstacle(topics),
                health.readiness("commands")));

    this.feed = resources.add(new CaptureFeed(meters));
    CaptureRecords records = resources.add(CaptureRecords.open(config.record(), clock));
    records.bindTo(meters);
    Catalog catalog = Catalog.open(config.catalog(), resources, health, meters, clock);
    this.addresses = catalog.addresses();
    Dispatcher dispatcher = new Dispatcher(kafka.producer(), route(config), clock, meters);
    SilentNodes silent =
        resources.add(
            new SilentNodes(records, clock, events -> tell(dispatcher, events), meters, health));
    EventFollower follower =
        resources.add(
            EventFollower.start(
                kafka.events(topics),
                new TellingSink(records, catalog.listener()),
                health,
                meters));
    records.onChange(capture -> {
      if (follower.caughtUp()) { // nobody follows the past
        feed.add(capture);
      }
    });
    BooleanSupplier complete = () -> follower.caughtUp() && records.usable();
    silent.start(follower::upToDate);
    S3ArtifactStore store = store(config);
    resources.add(
        Probe.ofUseful("store", PROBE_INTERVAL, store::problem, health.readiness("store")));
    resources.add(
        Probe.ofUseful("record", PROBE_INTERVAL, records::problem, health.readiness("record")));

    Claims claims = new Claims(records);
    TargetFinder targets = new TargetFinder(catalog.targets());
    this.reload =
        file.map(
            it -> resources.add(RuleReload.start(it, config, health, meters, RuleReload.INTERVAL)));
    RuleBook fixed = config.ruleBook();
    Supplier<RuleBook> rules = () -> reload.map(RuleReload::current).orElse(fixed);
    SuppressedAlerts suppressed = new SuppressedAlerts();
    Nodes nodes = kafka.nodes(topics, health);
    UnknownNodes unknownNodes = new UnknownNodes(nodes, meters);
    AlertIntake intake =
        new AlertIntake(
            history -> new Decisions(rules.get(), targets, history, clock),
            claims,
            dispatcher,
            records,
            complete,
            suppressed,
            unknownNodes,
            new AlertMeters(meters));

    StartCaptures byHand =
        new StartCaptures(
            rules, targets, clock, claims, dispatcher, records, complete, unknownNodes);

    AccessLog accesses =
        new AccessLog(
            dispatcher,
            clock,
            resources.add(new Workers("accesses", 1, ACCESSES_QUEUE, meters)),
            meters);

    EventLoop loop = resources.add(EventLoop.start());
    Workers intakeWorkers =
        resources.add(new Workers("intake", INTAKE_THREADS, INTAKE_QUEUE, meters));
    Workers readWorkers = resources.add(new Workers("read", READ_THREADS, READ_QUEUE, meters));
    List<Route> routes =
        List.of(
            Api.alerts(intake, config.http().maxBody(), new Refusals(meters), intakeWorkers),
            Api.start(byHand, intakeWorkers),
            Api.captures(records, complete, readWorkers),
            Api.capture(records, readWorkers),
            Api.stop(records, dispatcher, intakeWorkers),
            Api.events(feed),
            Api.suppressed(suppressed, readWorkers),
            Api.nodes(nodes, readWorkers),
            Api.download(records, store, accesses, readWorkers),
            Api.names(addresses, readWorkers),
            Api.livez(health),
            Api.readyz(health),
            Api.metrics(metrics),
            Api.description());
    this.front =
        resources.add(HttpFront.open(loop.vertx(), config.http(), routes, clock, meters, health));
    accepting.ready();
    if (!follower.awaitCaughtUp(CATCH_UP_PATIENCE) || !sending.awaitGood(CATCH_UP_PATIENCE)) {
      log.warn("Started without the record of captures: {}", ready().checks());
    }
    if (!catalog.await().test(CATALOG_PATIENCE)) {
      log.warn("Started without knowing whom to capture: {}", ready().checks());
    }
  }

  /**
   * Starts. Blocks until everything that happened so far is on record, and until the catalog knows
   * its pods, for 10 s each at most: where Kafka or the API server cannot be reached the service
   * starts all the same, and answers webhooks with 503.
   *
   * @throws IOException if it cannot listen, or no Kafka client can be made of the configuration
   */
  public static TriggerService start(TriggerConfig config) throws IOException {
    return start(config, Optional.empty());
  }

  /** The same, and the rules and the policy follow the file from which the configuration came. */
  public static TriggerService start(TriggerConfig config, ConfigFile file) throws IOException {
    return start(config, Optional.of(file));
  }

  private static TriggerService start(TriggerConfig config, Optional<ConfigFile> file)
      throws IOException {
    Resources resources = new Resources();
    try {
      return new TriggerService(config, file, resources, Clock.systemUTC());
    } catch (KafkaException e) {
      resources.close();
      throw new IOException(KafkaFailures.unmakeable(e), e);
    } catch (IOException | RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  /** Reads the rules and the policy again at once, if it was started with a file. */
  public void reload() {
    reload.ifPresent(RuleReload::now);
  }

  @Override
  public String announcement() {
    HealthReport ready = ready();
    return ready.passing()
        ? "ready: trigger " + front.uri()
        : "not ready yet: trigger " + front.uri() + " " + ready.checks();
  }

  /** Where it listens. */
  public URI uri() {
    return front.uri();
  }

  /** What its catalog calls addresses, for whoever runs in the same process. */
  public AddressBook addresses() {
    return addresses;
  }

  /** What {@code /readyz} says. */
  public HealthReport ready() {
    return health.ready();
  }

  /** Takes no more requests, answers those under way, and lets go of Kafka: some seconds. */
  @Override
  public void close() {
    accepting.notReady("stopping");
    feed.close();
    resources.close();
  }

  private S3ArtifactStore store(TriggerConfig config) {
    return new S3ArtifactStore(
        resources.add(S3Clients.client(config.s3())),
        resources.add(S3Clients.presigner(config.s3())),
        config.s3());
  }

  private static boolean tell(Dispatcher dispatcher, List<CaptureEvent> events) {
    Optional<String> problem = dispatcher.tell(events, Deadline.in(TELLING));
    problem.ifPresent(reason -> log.warn("Cannot tell of captures that expired: {}", reason));
    return problem.isEmpty();
  }

  private static Dispatcher.Route route(TriggerConfig config) {
    return new Dispatcher.Route(
        config.kafka().commandsTopic(),
        config.kafka().eventsTopic(),
        "/alertcap/trigger/" + hostName(),
        config.signing());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
