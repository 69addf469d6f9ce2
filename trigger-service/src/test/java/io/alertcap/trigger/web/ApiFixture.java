package io.alertcap.trigger.web;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.metrics.Metrics;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.AuthSettings;
import io.alertcap.trigger.decision.Decisions;
import io.alertcap.trigger.decision.RuleBook;
import io.alertcap.trigger.decision.TriggerPolicy;
import io.alertcap.trigger.dispatch.Dispatcher;
import io.alertcap.trigger.node.KnownNodes;
import io.alertcap.trigger.node.Nodes;
import io.alertcap.trigger.record.CaptureRecords;
import io.alertcap.trigger.record.Claims;
import io.alertcap.trigger.record.SuppressedAlerts;
import io.alertcap.trigger.record.TemporaryRecords;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.target.Catalogs;
import io.alertcap.trigger.target.TargetCatalog;
import io.alertcap.trigger.target.TargetFinder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The whole front as the service wires it, with fakes where Kafka, S3 and the catalog would be. */
@Timeout(30)
abstract class ApiFixture {

  static final Clock CLOCK = Clock.systemUTC();
  static final int FEED_CHANGES = 100;
  static final String RULES =
      """
      rules:
        - name: coredns-latency
          match: [alertname=CoreDNSLatencyHigh]
          target: { from: [pod] }
          capture: { filter: port 53 }
      """;

  final Vertx vertx = Vertx.vertx();
  final Metrics metrics = new Metrics("trigger");
  final CaptureFeed feed = new CaptureFeed(FEED_CHANGES, 2, metrics.registry());
  final Health health = new Health();
  final CaptureRecords records = TemporaryRecords.open(CLOCK);
  final MockProducer<String, byte[]> kafka =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

  final SuppressedAlerts suppressed = new SuppressedAlerts();

  volatile boolean recordsComplete = true;
  volatile TargetCatalog catalog = Catalogs.cluster();
  volatile ArtifactStore.Location location = new ArtifactStore.Location.Gone("gone");

  HttpFront front;
  Http http;

  @BeforeEach
  void opens() throws IOException {
    Claims claims = new Claims(records);
    Rules rules = ConfigurationSource.text("rules.yaml", RULES).read(Rules::from).settings();
    TriggerPolicy policy =
        ConfigurationSource.text("policy.yaml", "deniedNamespaces: [shop]")
            .read(TriggerPolicy::from)
            .settings();
    TargetFinder finder = new TargetFinder(query -> catalog.find(query));
    Dispatcher dispatcher =
        new Dispatcher(
            kafka,
            new Dispatcher.Route("commands", "events", "/alertcap/trigger/test", Optional.empty()),
            CLOCK,
            metrics.registry());
    RuleBook book = new RuleBook(rules, policy);
    Nodes nodes = nodes();
    UnknownNodes unknownNodes = new UnknownNodes(nodes, metrics.registry());
    AlertIntake intake =
        new AlertIntake(
            history -> new Decisions(book, finder, history, CLOCK),
            claims,
            dispatcher,
            records,
            () -> recordsComplete,
            suppressed,
            unknownNodes,
            new AlertMeters(metrics.registry()));
    StartCaptures byHand =
        new StartCaptures(
            () -> book,
            finder,
            CLOCK,
            claims,
            dispatcher,
            records,
            () -> recordsComplete,
            unknownNodes);
    records.onChange(feed::add);
    front =
        HttpFront.open(
            vertx,
            new HttpSettings(
                "127.0.0.1", 0, DataSize.ofMebibytes(4), new AuthSettings.Open(), Optional.empty()),
            List.of(
                Api.alerts(
                    intake,
                    DataSize.ofMebibytes(4),
                    new Refusals(metrics.registry()),
                    Runnable::run),
                Api.start(byHand, Runnable::run),
                Api.stop(records, dispatcher, Runnable::run),
                Api.events(feed),
                Api.captures(records, () -> recordsComplete, Runnable::run),
                Api.capture(records, Runnable::run),
                Api.suppressed(suppressed, Runnable::run),
                Api.nodes(nodes, Runnable::run),
                Api.download(
                    records,
                    artifact -> location,
                    new AccessLog(dispatcher, CLOCK, Runnable::run, metrics.registry()),
                    Runnable::run),
                Api.names(Catalogs.cluster(), Runnable::run),
                Api.livez(health),
                Api.readyz(health),
                Api.metrics(metrics),
                Api.description()),
            CLOCK,
            metrics.registry(),
            health);
    http = new Http(URI.create("http://127.0.0.1:" + front.port()));
  }

  /** On which there is a capturer. */
  Nodes nodes() {
    return KnownNodes.of("node1", "node2");
  }

  @AfterEach
  void closes() {
    http.close();
    feed.close();
    front.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    metrics.close();
  }

  final String metric(String name) {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("absent");
  }
}
