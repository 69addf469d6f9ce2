package io.alertcap.trigger.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a body within limits of size and time. What is announced too large is refused unread; what
 * turns out to be too large is refused at the byte that is too many. Lives on the event loop of its
 * request.
 */
final class BodyReader {

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final long limit;
  private final HttpLimits limits;
  private final BufferBudget budget;
  private final Promise<Body> whole = Promise.promise();
  private final Body read;
  private long timer;
  private boolean refused;

  private BodyReader(
      Vertx vertx, HttpServerRequest request, long limit, HttpLimits limits, BufferBudget budget) {
    this.vertx = vertx;
    this.request = request;
    this.limit = limit;
    this.limits = limits;
    this.budget = budget;
    this.read = new Body(budget);
  }

  /** The body would not be read; the answer says why. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private Refused(Answer answer) {
      super("refused", null, false, false);
      this.answer = answer;
    }

    Answer answer() {
      return answer;
    }
  }

  /**
   * Begins to read.
   *
   * @param limit of this body, in bytes
   * @return the body, whose size is taken from the budget until the caller closes it; fails with
   *     {@link Refused}, or with something else if the sender has gone
   */
  static Future<Body> read(
      Vertx vertx, HttpServerRequest request, long limit, HttpLimits limits, BufferBudget budget) {
    return new BodyReader(vertx, request, limit, limits, budget).start();
  }

  private Future<Body> start() {
    request.handler(this::chunk).endHandler(end -> end()).exceptionHandler(this::gone);
    timer = vertx.setTimer(limits.body().toMillis(), id -> late());
    if (announced() > most()) {
      refuse(tooLarge());
    } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    return whole.future();
  }

  /** No body can be larger than what all may take together. */
  private long most() {
    return Math.min(limit, budget.size());
  }

  /** A hint only; 0 if the sender does not say. */
  private long announced() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void chunk(Buffer chunk) {
    if (refused) {
      return;
    }
    if (read.length() + chunk.length() > most()) {
      refuse(tooLarge());
    } else if (!read.add(chunk)) {
      refuse(Problem.unavailable("Too many requests are being read; try again"));
    }
  }

  private void end() {
    vertx.cancelTimer(timer);
    whole.tryComplete(read);
  }

  private void late() {
    refuse(Problem.timeout("The body did not arrive within " + limits.body().toSeconds() + " s"));
  }

  private void gone(Throwable cause) {
    vertx.cancelTimer(timer);
    if (whole.tryFail(cause)) {
      read.close();
    }
  }

  private void refuse(Answer answer) {
    refused = true;
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(limits.linger().toMillis(), id -> request.connection().close());
    if (whole.tryFail(new Refused(answer))) {
      read.close();
    }
  }

  private Answer tooLarge() {
    return Problem.tooLarge(
        limit == 0
            ? "This resource takes no body"
            : "The body is larger than %d bytes (http.maxBody, and a quarter of the heap)"
                .formatted(most()));
  }
}
