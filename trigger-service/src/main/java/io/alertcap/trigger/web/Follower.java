package io.alertcap.trigger.web;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;

/** One client of {@code /api/v1/events}; belongs to the thread of the {@link CaptureFeed}. */
final class Follower {

  /** Proxies give up on what is silent for a minute, and so does this server. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Then it has to show its credentials again. */
  private static final Duration MAX_AGE = Duration.ofMinutes(30);

  /** Of what is on its way to the client; one more event may be added to it. */
  private static final int MAX_QUEUED_BYTES = 64 << 10;

  private final HttpServerResponse response;
  private final HttpConnection connection;
  private final Changes changes;
  private final long begunAt;
  private long last;
  private long writtenAt;

  /** What became of serving it. */
  enum State {
    FOLLOWING,
    ENDED,
    TOO_SLOW
  }

  /**
   * Begins.
   *
   * @param resumeAfter number of the change that the client saw last; absent if it saw none, or one
   *     that is not remembered
   * @param missed whether it is to be told that it missed something
   * @param ring to be called once more can be sent, or nobody is there any more
   */
  Follower(
      HttpServerRequest request,
      Changes changes,
      Optional<Long> resumeAfter,
      boolean missed,
      Runnable ring) {
    this.response = request.response();
    this.connection = request.connection();
    this.changes = changes;
    this.last = resumeAfter.orElseGet(changes::newest);
    this.begunAt = System.nanoTime();
    this.writtenAt = begunAt;
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    response.setWriteQueueMaxSize(MAX_QUEUED_BYTES);
    response.drainHandler(drained -> ring.run());
    response.closeHandler(closed -> ring.run());
    write(": connected\n\n");
    if (missed) {
      write("id: " + changes.id(last) + "\nevent: reset\ndata: {}\n\n");
    }
  }

  /** Sends what there is and what fits. */
  State serve() {
    if (response.closed()) {
      return State.ENDED;
    }
    if (!changes.reachesBackTo(last)) {
      cut();
      return State.TOO_SLOW;
    }
    long now = System.nanoTime();
    if (now - begunAt > MAX_AGE.toNanos()) {
      end();
      return State.ENDED;
    }
    send();
    if (now - writtenAt >= HEARTBEAT.toNanos() && !response.writeQueueFull()) {
      write(": heartbeat\n\n");
    }
    return State.FOLLOWING;
  }

  private void send() {
    while (!response.writeQueueFull()) {
      Optional<Changes.Change> next = changes.after(last);
      if (next.isEmpty()) {
        return;
      }
      last = next.get().number();
      write("id: " + changes.id(last) + "\nevent: capture\ndata: " + next.get().json() + "\n\n");
    }
  }

  private void write(String text) {
    writtenAt = System.nanoTime();
    var unused = response.write(text);
  }

  /** Closes its connection, whatever is still on the way. */
  void cut() {
    var unused = connection.close();
  }

  void end() {
    var unused = response.end().onComplete(ended -> connection.close());
  }
}
