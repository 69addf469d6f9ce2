package io.alertcap.trigger.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bounds how many connections there are, and how long one may be without a request under way. */
final class Connections {

  private final Vertx vertx;
  private final HttpLimits limits;
  private final RefusedRequests refused;
  private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

  Connections(Vertx vertx, HttpLimits limits, RefusedRequests refused) {
    this.vertx = vertx;
    this.limits = limits;
    this.refused = refused;
  }

  void opened(HttpConnection connection) {
    if (timers.size() >= limits.connections()) {
      refused.add(
          Refusal.TOO_MANY_CONNECTIONS,
          RefusedRequests.NO_ROUTE,
          connection,
          "",
          "There are %d connections already, and no more are taken".formatted(timers.size()));
      connection.close();
      return;
    }
    timers.put(connection, closeAfter(limits.first(), connection));
    connection.closeHandler(closed -> {
      Long timer = timers.remove(connection);
      if (timer != null) {
        vertx.cancelTimer(timer);
      }
    });
  }

  void busy(HttpConnection connection) {
    timers.computeIfPresent(
        connection,
        (c, timer) -> {
          vertx.cancelTimer(timer);
          return timer;
        });
  }

  void idle(HttpConnection connection) {
    timers.computeIfPresent(connection, (c, timer) -> closeAfter(limits.next(), c));
  }

  private long closeAfter(Duration patience, HttpConnection connection) {
    return vertx.setTimer(patience.toMillis(), id -> cutOff(connection));
  }

  /**
   * Closes it now. Vert.x's own {@code close}, of connection and channel alike, first waits until
   * all has left that was written, which a caller who does not read puts off for ever.
   */
  static void cutOff(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      var unused = base.channelHandlerContext().close();
    } else {
      var unused = connection.close();
    }
  }
}
