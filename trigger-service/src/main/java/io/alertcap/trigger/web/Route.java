package io.alertcap.trigger.web;

import io.alertcap.trigger.access.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One line of the routing table.
 *
 * @param method {@code GET} answers {@code HEAD} too
 * @param template {@code /api/v1/captures/{id}}: a segment in braces matches any one segment
 * @param scope that a caller must have; absent where nobody is asked who is calling
 * @param executor where the endpoint runs
 * @param maxBody in bytes; 0 where a body makes no sense
 * @param answered is told of every answer; on an event loop or a thread of the executor
 */
public record Route(
    String method,
    String template,
    Optional<Scope> scope,
    Executor executor,
    long maxBody,
    Endpoint endpoint,
    Consumer<Answer> answered) {

  /** To see something for which a caller needs the scope {@code read}. */
  static Route get(String template, Executor executor, Endpoint endpoint) {
    return new Route(
        "GET", template, Optional.of(Scope.READ), executor, 0, endpoint, Route::untold);
  }

  /** To be given the packets of a capture, or what was said in them. */
  static Route file(String template, Executor executor, Endpoint endpoint) {
    return new Route(
        "GET", template, Optional.of(Scope.FILES), executor, 0, endpoint, Route::untold);
  }

  /** To see something that everybody may; answered without waiting. */
  static Route open(String template, Endpoint endpoint) {
    return new Route("GET", template, Optional.empty(), Runnable::run, 0, endpoint, Route::untold);
  }

  static Route post(
      String template, Scope scope, Executor executor, long maxBody, Endpoint endpoint) {
    return new Route(
        "POST", template, Optional.of(scope), executor, maxBody, endpoint, Route::untold);
  }

  static Route delete(String template, Scope scope, Executor executor, Endpoint endpoint) {
    return new Route("DELETE", template, Optional.of(scope), executor, 0, endpoint, Route::untold);
  }

  private static void untold(Answer answer) {}

  /** The same, and somebody is told of every answer. */
  Route telling(Consumer<Answer> listener) {
    return new Route(method, template, scope, executor, maxBody, endpoint, listener);
  }

  boolean allows(String requested) {
    return requested.equals(method) || (requested.equals("HEAD") && method.equals("GET"));
  }

  /** The parameters in this path, without empty segments, if it is of this route. */
  Optional<Map<String, String>> match(String path) {
    List<String> names = List.of(template.split("/", -1));
    List<String> segments = List.of(path.split("/", -1));
    if (names.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.startsWith("{")) {
        parameters.put(name.substring(1, name.length() - 1), segments.get(i));
      } else if (!name.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }
}
