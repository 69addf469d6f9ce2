package io.alertcap.trigger.web;

import io.vertx.core.http.HttpServerRequest;

/** What goes back to a caller. */
public sealed interface Reply permits Answer, Reply.Stream {

  /** A body that goes on; one of the two methods is called, once. */
  non-sealed interface Stream extends Reply {

    /**
     * The response is the stream's from now on, with its status and general headers set. Called on
     * the event loop.
     *
     * @param sending for a body that ends; what goes on for ever may write by itself
     */
    void begin(HttpServerRequest request, Sending sending);

    /** Nobody is there to read it. */
    void abandon();
  }
}
