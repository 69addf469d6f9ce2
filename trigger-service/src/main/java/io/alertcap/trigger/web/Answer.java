package io.alertcap.trigger.web;

import io.alertcap.schemas.json.Json;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response, whole.
 *
 * @param headers besides those that every response has
 */
public record Answer(int status, Map<String, String> headers, Buffer body) implements Reply {

  /**
   * A value as JSON.
   *
   * @param value of the contract
   */
  static Answer json(int status, Object value) {
    return new Answer(
        status, Map.of("Content-Type", "application/json"), Buffer.buffer(Json.write(value)));
  }

  static Answer text(int status, String contentType, String text) {
    return new Answer(status, Map.of("Content-Type", contentType), Buffer.buffer(text));
  }

  static Answer problem(Problem problem) {
    return new Answer(
        problem.status(),
        Map.of("Content-Type", "application/problem+json"),
        Buffer.buffer(Json.write(problem)));
  }

  /** To somewhere else, for now. */
  static Answer redirect(URI location) {
    return new Answer(302, Map.of("Location", location.toString()), Buffer.buffer());
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
