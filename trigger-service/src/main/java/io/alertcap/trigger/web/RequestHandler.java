package io.alertcap.trigger.web;

import io.alertcap.trigger.access.Caller;
import io.alertcap.trigger.dispatch.Deadline;
import io.alertcap.trigger.record.RecordUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request from the event loop to its endpoint, and the answer back. Whatever happens, there
 * is one answer, and it is a problem document if it is not a success.
 */
final class RequestHandler {

  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

  /**
   * From the last byte of a request. A webhook is to be answered within 5 s, and the last send to
   * Kafka before the deadline may block for 2 s.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Routes routes;
  private final HttpLimits limits;
  private final Gate gate;
  private final Connections connections;
  private final BufferBudget budget;
  private final RefusedRequests refused;
  private final UnsentAnswers unsent;
  private final Clock clock;
  private final MeterRegistry meters;

  RequestHandler(
      Vertx vertx, Routes routes, Gate gate, HttpLimits limits, Clock clock, MeterRegistry meters) {
    this.vertx = vertx;
    this.routes = routes;
    this.gate = gate;
    this.limits = limits;
    this.refused = new RefusedRequests(routes.all(), clock, meters);
    this.connections = new Connections(vertx, limits, refused);
    this.budget = new BufferBudget(limits.buffered());
    this.unsent = new UnsentAnswers(limits.unsent());
    this.clock = clock;
    this.meters = meters;
  }

  void connected(HttpConnection connection) {
    connections.opened(connection);
  }

  void handle(HttpServerRequest request) {
    connections.busy(request.connection());
    String path = Objects.requireNonNullElse(request.path(), "");
    switch (routes.find(request.method().name(), path)) {
      case Routes.Match.Found(Route route, Map<String, String> parameters) ->
          enter(exchange(request, route.template()), route, parameters);
      case Routes.Match.OtherMethod(String allow) ->
          refuse(
              request,
              Refusal.UNKNOWN_METHOD,
              "The path takes " + allow + " only",
              Problem.methodNotAllowed(allow));
      case Routes.Match.Unknown unknown ->
          refuse(
              request,
              Refusal.UNKNOWN_PATH,
              "There is no such path",
              Problem.notFound("There is no such resource"));
    }
  }

  void failed(Throwable cause) {
    refused.connectionFailed(cause);
  }

  /** For what is no HTTP, or too much of it. */
  void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Answer answer =
        switch (cause) {
          case TooLongHttpLineException line ->
              told(
                  request,
                  Refusal.URI_TOO_LONG,
                  "Its first line is too long",
                  Problem.uriTooLong());
          case TooLongHttpHeaderException header ->
              told(
                  request,
                  Refusal.HEADERS_TOO_LARGE,
                  "Its headers are too large",
                  Problem.headersTooLarge());
          case null, default ->
              told(
                  request,
                  Refusal.NO_HTTP,
                  "It is no valid HTTP",
                  Problem.badRequest("", "is no valid HTTP"));
        };
    exchange(request, RefusedRequests.NO_ROUTE).send(answer.with("Connection", "close"));
    request.connection().close();
  }

  private Answer told(HttpServerRequest request, Refusal reason, String detail, Answer answer) {
    tell(request, RefusedRequests.NO_ROUTE, reason, detail);
    return answer;
  }

  private void tell(HttpServerRequest request, String route, Refusal reason, String detail) {
    String asked = request.method() + " " + Objects.requireNonNullElse(request.path(), "");
    refused.add(reason, route, request.connection(), asked, detail);
  }

  private void refuse(HttpServerRequest request, Refusal reason, String detail, Answer answer) {
    refuse(exchange(request, RefusedRequests.NO_ROUTE), told(request, reason, detail, answer));
  }

  private Exchange exchange(HttpServerRequest request, String route) {
    return new Exchange(request, route, connections, unsent, meters);
  }

  private void enter(Exchange exchange, Route route, Map<String, String> parameters) {
    switch (gate.pass(route, exchange.request())) {
      case Gate.Outcome.Passed(Caller caller) -> read(exchange, route, parameters, caller);
      case Gate.Outcome.Refused(Refusal reason, String detail, Answer answer) -> {
        tell(exchange.request(), route.template(), reason, detail);
        refuse(exchange, answer);
      }
    }
  }

  /** Takes no body, and answers whether there is one or not. */
  private void refuse(Exchange exchange, Answer answer) {
    BodyReader.read(vertx, exchange.request(), 0, limits, budget)
        .onSuccess(Body::close)
        .onComplete(body -> exchange.send(answer));
  }

  private void read(Exchange exchange, Route route, Map<String, String> parameters, Caller caller) {
    if (isEncoded(exchange.request())) {
      Answer answer = Problem.encoded();
      route.answered().accept(answer);
      refuse(exchange, answer);
      return;
    }
    BodyReader.read(vertx, exchange.request(), route.maxBody(), limits, budget)
        .onSuccess(body -> answer(exchange, route, parameters, caller, body))
        .onFailure(cause -> {
          if (cause instanceof BodyReader.Refused refused) {
            route.answered().accept(refused.answer());
            exchange.send(refused.answer());
          }
        });
  }

  private static boolean isEncoded(HttpServerRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return encoding != null && !encoding.strip().equalsIgnoreCase("identity");
  }

  private void answer(
      Exchange exchange, Route route, Map<String, String> parameters, Caller caller, Body body) {
    Context context = vertx.getOrCreateContext();
    try {
      Call call = call(exchange.request(), parameters, caller, body);
      route
          .executor()
          .execute(() -> {
            Reply reply = answer(route, call);
            if (reply instanceof Answer answer) {
              route.answered().accept(answer);
            }
            context.runOnContext(v -> {
              body.close();
              exchange.send(reply);
            });
          });
    } catch (RejectedExecutionException e) {
      body.close();
      tell(
          exchange.request(),
          route.template(),
          Refusal.OVERLOADED,
          "All threads are busy, and too many requests wait already");
      exchange.send(Problem.unavailable("The service is overloaded, or stopping; try again"));
    } catch (IllegalArgumentException e) {
      body.close();
      Answer answer = Problem.badRequest("", "has a query that cannot be decoded");
      route.answered().accept(answer);
      exchange.send(answer);
    }
  }

  private Call call(
      HttpServerRequest request, Map<String, String> parameters, Caller caller, Body body) {
    Map<String, List<String>> query = new HashMap<>();
    request.params().names().forEach(name -> query.put(name, request.params().getAll(name)));
    Optional<String> contentType =
        Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE))
            .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    return new Call(
        caller,
        parameters,
        query,
        contentType,
        Optional.ofNullable(request.getHeader("Last-Event-ID")),
        body,
        clock.instant(),
        Deadline.in(PATIENCE));
  }

  private static Reply answer(Route route, Call call) {
    try {
      return route.endpoint().answer(call);
    } catch (RecordUnavailable e) {
      return Problem.unavailable(e.sentence());
    } catch (RuntimeException e) {
      log.error("{} {} failed", route.method(), route.template(), e);
      return Problem.internal();
    }
  }
}
