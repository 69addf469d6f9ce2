package io.alertcap.capturer.netns;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * An open network namespace: the file descriptor pins it, so that it stays the one that was proved
 * to be right, even after its last process has gone. To be closed by whoever opened it; a capture
 * that was opened inside goes on without it.
 */
public final class NetworkNamespace implements AutoCloseable {

  private final int fd;
  private final NamespaceIdentity identity;
  private final AtomicBoolean closed = new AtomicBoolean();

  private NetworkNamespace(int fd, NamespaceIdentity identity) {
    this.fd = fd;
    this.identity = identity;
  }

  /** Takes over the descriptor, which is closed if it turns out to be of no use. */
  static NetworkNamespace of(int fd) throws IOException {
    try {
      return new NetworkNamespace(fd, NamespaceIdentity.of(Path.of("/proc/self/fd/" + fd)));
    } catch (IOException e) {
      LibC.close(fd);
      throw e;
    }
  }

  /** Which namespace it is. */
  public NamespaceIdentity identity() {
    return identity;
  }

  /**
   * Runs {@code work} inside the namespace, on a thread of its own that ends with it, and blocks
   * until it is done. See {@link NamespaceThread} for what the work must not do.
   *
   * @param threadName how the thread is called in a thread dump
   */
  public <T> Visit<T> visit(String threadName, Supplier<T> work) {
    return NamespaceThread.visit(this, threadName, work);
  }

  /** Whether the descriptor is of a network namespace and not of some other file. */
  boolean isNetworkNamespace() {
    return LibC.ioctl(fd, LibC.NS_GET_NSTYPE, null) == LibC.CLONE_NEWNET;
  }

  /**
   * Moves the calling thread into this namespace.
   *
   * @return 0, or the errno
   */
  int enter() {
    if (closed.get()) {
      throw new IllegalStateException("The namespace " + identity + " is closed.");
    }
    return LibC.setns(fd, LibC.CLONE_NEWNET) == 0 ? 0 : Native.getLastError();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      LibC.close(fd);
    }
  }

  @Override
  public String toString() {
    return identity.toString();
  }
}
