package io.alertcap.capturer.netns;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A platform thread that enters a network namespace, does one thing there and ends.
 *
 * <p>A network namespace belongs to a thread, not to a process, so nothing else in this process
 * notices. But a thread <em>started</em> by the work would inherit the namespace and pin it for as
 * long as it lives. The work therefore must not start threads, and nothing may start one behind its
 * back: {@link #warmUp} has everything loaded first, and keeps JNA's cleaner thread alive, which
 * JNA otherwise ends after 30 idle seconds and starts again from whichever thread allocates next.
 *
 * <p>The thread goes back to its own namespace before it ends, so that nothing that is tied to its
 * end still happens inside; if the way back fails, it ends all the same, and takes the namespace
 * with it.
 */
final class NamespaceThread {

  /** Allocated once and never freed: as long as JNA has this to clean up, its cleaner stays. */
  private static final Memory KEEPS_JNA_CLEANER_ALIVE = new Memory(1);

  private static final Path OWN = Path.of("/proc/thread-self/ns/net");

  private NamespaceThread() {}

  /** Loads what a visit uses, outside of any namespace. Cheap from the second call on. */
  static void warmUp() throws IOException {
    KEEPS_JNA_CLEANER_ALIVE.setByte(0, (byte) 0);
    try (NetworkNamespace own = openOwn()) {
      visit(own, "netns-warm-up", NamespaceThread::listInterfaces);
    }
  }

  private static int listInterfaces() {
    try (NamespaceInterfaces interfaces = NamespaceInterfaces.ofCurrentThread()) {
      return interfaces.all().size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> Visit<T> visit(NetworkNamespace namespace, String threadName, Supplier<T> work) {
    CompletableFuture<Visit<T>> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .name(threadName)
        .daemon()
        .start(() -> {
          try {
            outcome.complete(inside(namespace, work));
          } catch (Throwable e) {
            outcome.completeExceptionally(e);
          }
        });
    return joined(outcome);
  }

  private static <T> Visit<T> inside(NetworkNamespace namespace, Supplier<T> work) {
    try (NetworkNamespace own = openOwn()) {
      int errno = namespace.enter();
      if (errno == LibC.EPERM) {
        return new Visit.Denied<>(Capability.SYS_ADMIN);
      }
      if (errno != 0) {
        return new Visit.Failed<>("setns: " + LibC.reason(errno));
      }
      try {
        return new Visit.Made<>(work.get());
      } finally {
        own.enter();
      }
    } catch (IOException e) {
      return new Visit.Failed<>("own namespace: " + e.getMessage());
    }
  }

  private static NetworkNamespace openOwn() throws IOException {
    return switch (NamespaceFile.open(OWN)) {
      case NamespaceFile.Opened opened -> opened.namespace();
      case NamespaceFile.NotOpened(int errno) -> throw LibC.failure("open " + OWN, errno);
    };
  }

  /** Waits without being interrupted: a visit takes milliseconds, and must not be left half-way. */
  private static <T> Visit<T> joined(CompletableFuture<Visit<T>> outcome) {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException fromTheWork) {
        throw fromTheWork;
      }
      if (e.getCause() instanceof Error fromTheWork) {
        throw fromTheWork;
      }
      throw e;
    }
  }
}
