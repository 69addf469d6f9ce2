package io.alertcap.trigger.web;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.metrics.Metrics;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.Scope;
import io.alertcap.trigger.dispatch.Dispatcher;
import io.alertcap.trigger.node.Nodes;
import io.alertcap.trigger.record.CaptureRecords;
import io.alertcap.trigger.record.SuppressedAlerts;
import io.alertcap.trigger.target.AddressBook;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * The routes of the service. What waits for S3 or looks through the record has other workers than
 * what waits for Kafka, so that neither delays the other; what waits for nothing needs none.
 */
public final class Api {

  private Api() {}

  /** Alertmanager's webhook. */
  public static Route alerts(
      AlertIntake intake, DataSize maxBody, Refusals refusals, Executor workers) {
    return Route.post(
            "/api/v1/alerts", Scope.ALERTS, workers, maxBody.bytes(), new PostAlerts(intake))
        .telling(refusals::answered);
  }

  /**
   * The list.
   *
   * @param complete whether every capture of the past is on record
   */
  public static Route captures(CaptureRecords records, BooleanSupplier complete, Executor workers) {
    return Route.get("/api/v1/captures", workers, new ListCaptures(records, complete, workers));
  }

  /** By hand. */
  public static Route start(StartCaptures captures, Executor workers) {
    return Route.post("/api/v1/captures", Scope.CAPTURE, workers, StartCaptures.MAX_BODY, captures);
  }

  /** By hand. */
  public static Route stop(CaptureRecords records, Dispatcher dispatcher, Executor workers) {
    return Route.delete(
        "/api/v1/captures/{id}", Scope.CAPTURE, workers, new StopCapture(records, dispatcher));
  }

  /** Every change of a record, to whoever follows. */
  public static Route events(CaptureFeed feed) {
    return Route.get("/api/v1/events", Runnable::run, new FollowCaptures(feed));
  }

  /** Which nodes have a capturer, and what they do. */
  public static Route nodes(Nodes nodes, Executor workers) {
    return Route.get("/api/v1/nodes", workers, new ListNodes(nodes));
  }

  /** What was not captured lately. */
  public static Route suppressed(SuppressedAlerts alerts, Executor workers) {
    return Route.get("/api/v1/suppressed", workers, new ListSuppressed(alerts));
  }

  /** One capture. */
  public static Route capture(CaptureRecords records, Executor workers) {
    return Route.get("/api/v1/captures/{id}", workers, new ShowCapture(records));
  }

  /** To the file of a capture. */
  public static Route download(
      CaptureRecords records, ArtifactStore store, AccessLog accesses, Executor workers) {
    return Route.file(
        "/api/v1/captures/{id}/pcap", workers, new DownloadCapture(records, store, accesses));
  }

  /** What addresses are called, for node capturers. */
  public static Route names(AddressBook addresses, Executor workers) {
    return Route.post(
        "/api/v1/names", Scope.NAMES, workers, LookUpNames.MAX_BODY, new LookUpNames(addresses));
  }

  public static Route livez(Health health) {
    return Route.open("/livez", call -> Watch.health(health.alive()));
  }

  public static Route readyz(Health health) {
    return Route.open("/readyz", call -> Watch.health(health.ready()));
  }

  public static Route metrics(Metrics metrics) {
    return Route.open("/metrics", call -> Watch.metrics(metrics));
  }

  /** Of the API itself. */
  public static Route description() {
    return Route.open("/openapi.yaml", call -> Watch.openApi());
  }
}
