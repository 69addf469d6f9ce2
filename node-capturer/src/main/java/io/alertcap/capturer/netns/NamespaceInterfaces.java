package io.alertcap.capturer.netns;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The interfaces of one network namespace. {@link java.net.NetworkInterface} remembers and sysfs
 * shows the namespace it was mounted in; this asks through a socket, which stays in the namespace
 * in which it was opened, so that {@link #exists} can be asked from any thread, for as long as this
 * is open.
 */
public final class NamespaceInterfaces implements AutoCloseable {

  /** {@code include/uapi/linux/if.h}. */
  private static final int IFNAMSIZ = 16;

  private static final int IFF_UP = 0x1;
  private static final int IFF_LOOPBACK = 0x8;

  /** Of flags, which are a {@code short}. */
  private static final int FLAGS = 0xffff;

  /** {@code struct ifreq}: the name, and a union that begins with the flags, or with the index. */
  private static final int IFREQ_SIZE = 40;

  private static final Path DEVICES = Path.of("/proc/thread-self/net/dev");
  private static final int DEVICES_HEADER_LINES = 2;

  private final int socket;
  private final List<Link> links;

  private NamespaceInterfaces(int socket, List<Link> links) {
    this.socket = socket;
    this.links = links;
  }

  /** One interface, as it stood when the list was made. */
  public record Link(String name, int index, boolean up, boolean loopback) {}

  /** Lists the interfaces of the namespace that the calling thread is in. */
  public static NamespaceInterfaces ofCurrentThread() throws IOException {
    List<String> names =
        Files.readAllLines(DEVICES, StandardCharsets.UTF_8).stream()
            .skip(DEVICES_HEADER_LINES)
            .map(line -> line.substring(0, line.lastIndexOf(':')).trim())
            .toList();
    int socket = LibC.socket(LibC.AF_INET, LibC.SOCK_DGRAM_CLOEXEC, 0);
    if (socket < 0) {
      throw LibC.failure("socket", Native.getLastError());
    }
    List<Link> links = names.stream().flatMap(name -> link(socket, name).stream()).toList();
    return new NamespaceInterfaces(socket, links);
  }

  /** The interfaces that existed when this was opened, in the kernel's order. */
  public List<Link> all() {
    return links;
  }

  /** Whether there is an interface of this name in the namespace now, up or down. */
  public boolean exists(String name) {
    return ask(socket, LibC.SIOCGIFFLAGS, name).isPresent();
  }

  @Override
  public void close() {
    LibC.close(socket);
  }

  /** Absent if it has gone since its name was read. */
  private static Optional<Link> link(int socket, String name) {
    OptionalInt index = ask(socket, LibC.SIOCGIFINDEX, name);
    OptionalInt flags = ask(socket, LibC.SIOCGIFFLAGS, name);
    if (index.isEmpty() || flags.isEmpty()) {
      return Optional.empty();
    }
    int bits = flags.getAsInt() & FLAGS;
    return Optional.of(
        new Link(name, index.getAsInt(), (bits & IFF_UP) != 0, (bits & IFF_LOOPBACK) != 0));
  }

  private static OptionalInt ask(int socket, NativeLong question, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= IFNAMSIZ) {
      return OptionalInt.empty();
    }
    try (Memory request = new Memory(IFREQ_SIZE)) {
      request.clear();
      request.write(0, bytes, 0, bytes.length);
      return LibC.ioctl(socket, question, request) == 0
          ? OptionalInt.of(request.getInt(IFNAMSIZ))
          : OptionalInt.empty();
    }
  }
}
