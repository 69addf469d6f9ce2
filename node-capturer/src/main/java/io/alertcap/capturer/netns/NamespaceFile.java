package io.alertcap.capturer.netns;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a path that is expected to be a namespace; what it really is, is for the caller to see. */
sealed interface NamespaceFile {

  record Opened(NetworkNamespace namespace) implements NamespaceFile {}

  record NotOpened(int errno) implements NamespaceFile {}

  static NamespaceFile open(Path path) throws IOException {
    // not blocking, for it may turn out to be a pipe
    int flags = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
    int fd = LibC.open(path.toString(), flags);
    return fd < 0 ? new NotOpened(Native.getLastError()) : new Opened(NetworkNamespace.of(fd));
  }
}
