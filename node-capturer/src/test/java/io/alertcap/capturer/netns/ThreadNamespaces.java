package io.alertcap.capturer.netns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** In which namespaces the threads of this process are. */
public final class ThreadNamespaces {

  private ThreadNamespaces() {}

  /** One for each thread; those that end while they are looked at are left out. */
  public static List<NamespaceIdentity> ofThisProcess() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks
          .flatMap(task -> {
            try {
              return Stream.of(NamespaceIdentity.of(task.resolve("ns/net")));
            } catch (IOException ended) {
              return Stream.empty();
            }
          })
          .toList();
    }
  }
}
