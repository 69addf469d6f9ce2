package io.alertcap.standalone.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** Undoes what was done on the machine, last first: when closed, or when this program is ended. */
final class CleanUp implements AutoCloseable {

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final Thread hook = new Thread(this::undoAll, "bench-clean-up");

  CleanUp() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  synchronized void add(Runnable action) {
    undo.push(action);
  }

  @Override
  public void close() {
    undoAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      return;
    }
  }

  private synchronized void undoAll() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
