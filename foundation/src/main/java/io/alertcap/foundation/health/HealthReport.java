package io.alertcap.foundation.health;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer to {@code /livez} or {@code /readyz}.
 *
 * @param passing 200 if true, 503 if not
 * @param status in one word
 * @param checks what each part says, by name
 */
public record HealthReport(boolean passing, String status, SortedMap<String, String> checks) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Keeps a copy of the checks. */
  public HealthReport {
    checks = Collections.unmodifiableSortedMap(new TreeMap<>(checks));
  }

  public int httpStatus() {
    return passing ? 200 : 503;
  }

  /** {@code {"status":"ready","checks":{"kafka":"ready"}}}. */
  public String json() {
    ObjectNode report = JSON.createObjectNode().put("status", status);
    ObjectNode parts = report.putObject("checks");
    checks.forEach(parts::put);
    return JSON.writeValueAsString(report);
  }
}
