package io.alertcap.trigger.web;

import java.util.Optional;

/**
 * Why a request was not granted: a problem document (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param title what the status means
 * @param detail a sentence for people about this very request
 * @param field of the body, or parameter of the query, that is at fault
 */
record Problem(String type, String title, int status, String detail, Optional<String> field) {

  private static final String RETRY_AFTER_SECONDS = "5";

  private static Answer of(int status, String title, String detail) {
    return Answer.problem(new Problem("about:blank", title, status, detail, Optional.empty()));
  }

  /**
   * The request is wrong.
   *
   * @param field where; empty for the request as a whole
   * @param message a clause whose subject is the field: "must be …"
   */
  static Answer badRequest(String field, String message) {
    String subject = field.isEmpty() ? "The request" : field;
    return Answer.problem(
        new Problem(
            "about:blank",
            "Bad Request",
            400,
            subject + " " + message,
            Optional.of(field).filter(name -> !name.isEmpty())));
  }

  /**
   * It is not known who is calling.
   *
   * @param challenges what to answer with, as in {@code WWW-Authenticate}
   */
  static Answer unauthorized(String detail, String challenges) {
    return of(401, "Unauthorized", detail).with("WWW-Authenticate", challenges);
  }

  static Answer forbidden(String detail) {
    return of(403, "Forbidden", detail);
  }

  static Answer notFound(String detail) {
    return of(404, "Not Found", detail);
  }

  static Answer methodNotAllowed(String allow) {
    return of(405, "Method Not Allowed", "This resource knows " + allow + " only")
        .with("Allow", allow);
  }

  static Answer timeout(String detail) {
    return of(408, "Request Timeout", detail).with("Connection", "close");
  }

  static Answer conflict(String detail) {
    return of(409, "Conflict", detail);
  }

  static Answer gone(String detail) {
    return of(410, "Gone", detail);
  }

  static Answer tooLarge(String detail) {
    return of(413, "Content Too Large", detail);
  }

  static Answer uriTooLong() {
    return of(414, "URI Too Long", "The first line of the request is too long");
  }

  /** The body is not said to be what every body here must be. */
  static Answer notJson() {
    return of(
        415,
        "Unsupported Media Type",
        "The body must be application/json, and be said to be so in Content-Type");
  }

  /** RFC 9110, section 15.5.16: the header says what would be read. */
  static Answer encoded() {
    return of(
            415,
            "Unsupported Media Type",
            "The body must not be compressed: send it without Content-Encoding")
        .with("Accept-Encoding", "identity");
  }

  static Answer headersTooLarge() {
    return of(431, "Request Header Fields Too Large", "The headers of the request are too large");
  }

  static Answer internal() {
    return of(500, "Internal Server Error", "A mistake of ours; the log says more");
  }

  /** Asking again is worth it: Alertmanager does so for every 5xx. */
  static Answer unavailable(String detail) {
    return of(503, "Service Unavailable", detail).with("Retry-After", RETRY_AFTER_SECONDS);
  }
}
