package io.alertcap.trigger.web;

/** Why a request was refused before an endpoint had seen it. */
enum Refusal {
  /** No credentials, or such as nobody has: 401, or 403 where only a certificate would help. */
  UNAUTHENTICATED("unauthenticated"),
  /** A caller who is known and lacks the scope: 403. */
  FORBIDDEN("forbidden"),
  UNKNOWN_PATH("unknown-path"),
  UNKNOWN_METHOD("unknown-method"),
  /** 414. */
  URI_TOO_LONG("uri-too-long"),
  /** 431. */
  HEADERS_TOO_LARGE("headers-too-large"),
  NO_HTTP("no-http"),
  /** 503: too many requests wait for a thread. */
  OVERLOADED("overloaded"),
  /** Closed without an answer: there are as many as there may be. */
  TOO_MANY_CONNECTIONS("too-many-connections");

  private final String code;

  Refusal(String code) {
    this.code = code;
  }

  /** In metrics and logs. */
  String code() {
    return code;
  }
}
