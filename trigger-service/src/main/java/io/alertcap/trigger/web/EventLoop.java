package io.alertcap.trigger.web;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The thread on which all of HTTP happens. */
public final class EventLoop implements AutoCloseable {

  private static final int CLOSE_SECONDS = 5;

  private final Vertx vertx;

  private EventLoop(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Nothing here is served from files, so none are extracted to the temporary directory. */
  public static EventLoop start() {
    return new EventLoop(
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false))));
  }

  /** For {@link HttpFront#open}. */
  public Vertx vertx() {
    return vertx;
  }

  /** Blocks for some seconds at most. */
  @Override
  public void close() throws ExecutionException, TimeoutException {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
