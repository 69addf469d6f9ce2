package io.alertcap.trigger.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Takes a body to its caller, part by part. */
interface Sending {

  /**
   * Sends a part.
   *
   * @param last whether the body ends with it
   * @return completed once it has left
   */
  Future<Void> send(Buffer part, boolean last);
}
