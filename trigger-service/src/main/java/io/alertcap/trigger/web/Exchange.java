package io.alertcap.trigger.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** One request and its one response; on the event loop of both. */
final class Exchange {

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final String route;
  private final Connections connections;
  private final UnsentAnswers unsent;
  private final MeterRegistry meters;
  private final Timer.Sample sample;

  /**
   * Begins to measure.
   *
   * @param route its template, for metrics
   */
  Exchange(
      HttpServerRequest request,
      String route,
      Connections connections,
      UnsentAnswers unsent,
      MeterRegistry meters) {
    this.request = request;
    this.response = request.response();
    this.route = route;
    this.connections = connections;
    this.unsent = unsent;
    this.meters = meters;
    this.sample = Timer.start(meters);
  }

  HttpServerRequest request() {
    return request;
  }

  void send(Reply reply) {
    switch (reply) {
      case Answer answer -> send(answer);
      case Reply.Stream stream -> begin(stream);
    }
  }

  private void begin(Reply.Stream stream) {
    measure(200);
    if (response.closed() || response.ended()) {
      stream.abandon();
      return;
    }
    head(200);
    if (request.method().equals(HttpMethod.HEAD)) {
      stream.abandon();
      connections.idle(request.connection());
      var unused = response.end();
    } else {
      stream.begin(request, this::part);
    }
  }

  private Future<Void> part(Buffer part, boolean last) {
    HttpConnection connection = request.connection();
    unsent.sending(connection, part.length());
    if (last) {
      connections.idle(connection);
    }
    Future<Void> sent = last ? response.end(part) : response.write(part);
    return sent.onComplete(done -> unsent.sent(connection, part.length()));
  }

  /** Sends the answer, unless nobody waits for it any more. */
  void send(Answer answer) {
    measure(answer.status());
    connections.idle(request.connection());
    if (response.closed() || response.ended()) {
      return;
    }
    head(answer.status());
    response.putHeader("Content-Length", Integer.toString(answer.body().length()));
    answer.headers().forEach(response::putHeader);
    HttpConnection connection = request.connection();
    unsent.sending(connection, answer.body().length());
    var unused =
        response
            .end(answer.body())
            .onComplete(done -> unsent.sent(connection, answer.body().length()));
  }

  private void head(int status) {
    response.setStatusCode(status);
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("X-Content-Type-Options", "nosniff");
  }

  private void measure(int status) {
    sample.stop(
        Timer.builder("alertcap.http.requests")
            .description("From the end of a request's headers to its answer")
            .tag("route", route)
            .tag("status", Integer.toString(status))
            .publishPercentileHistogram()
            .register(meters));
  }
}
