package io.alertcap.capturer.netns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What makes two network namespaces the same: device and inode of their file in the kernel's nsfs
 * (namespaces(7)).
 */
public record NamespaceIdentity(long device, long inode) {

  /** The namespace of the calling thread, which need not be that of the process. */
  public static NamespaceIdentity ofCurrentThread() throws IOException {
    return of(Path.of("/proc/thread-self/ns/net"));
  }

  /** The namespace behind a path, links followed. */
  static NamespaceIdentity of(Path path) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino");
    return new NamespaceIdentity(number(attributes, "dev"), number(attributes, "ino"));
  }

  private static long number(Map<String, Object> attributes, String name) {
    if (attributes.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException("The JDK gives no unix:" + name + " on this system.");
  }

  /** As {@code readlink /proc/PID/ns/net} shows it. */
  @Override
  public String toString() {
    return "net:[" + inode + "]";
  }
}
