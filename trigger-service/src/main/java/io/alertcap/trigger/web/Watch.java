package io.alertcap.trigger.web;

import io.alertcap.foundation.health.HealthReport;
import io.alertcap.foundation.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What operators and their tools look at; none of it waits for anything. */
final class Watch {

  private static final String OPENAPI = "/io/alertcap/schemas/openapi.yaml";

  private Watch() {}

  static Answer health(HealthReport report) {
    return Answer.text(report.httpStatus(), "application/json", report.json());
  }

  static Answer metrics(Metrics metrics) {
    return Answer.text(200, Metrics.CONTENT_TYPE, metrics.text());
  }

  /** The description of the API, as it was built into the jar. */
  static Answer openApi() {
    try (InputStream in = Watch.class.getResourceAsStream(OPENAPI)) {
      return in == null
          ? Problem.notFound("This build has no description of its API")
          : Answer.text(
              200, "application/yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
