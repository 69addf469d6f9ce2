package io.alertcap.trigger.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native library, unpacked beside the record: the one place that can surely be written.
 * The driver would unpack it again at every start, under another name, and leave it there when it
 * is killed; so a full disk would keep a service from starting again.
 */
final class NativeLibrary {

  /** The driver's: where it looks for the library before it unpacks its own. */
  private static final String PATH = "org.sqlite.lib.path";

  private NativeLibrary() {}

  /** Of a process the first call counts, or what its command line says. */
  static synchronized void provide(Path directory) throws IOException {
    if (System.getProperty(PATH) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource =
        "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
    try (InputStream packed = OSInfo.class.getResourceAsStream(resource)) {
      if (packed == null) {
        return; // the driver says what it lacks
      }
      byte[] library = packed.readAllBytes();
      Path file = directory.resolve(name);
      if (!Files.exists(file) || Files.size(file) != library.length) {
        Path part = Files.write(directory.resolve(name + ".part"), library);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    System.setProperty(PATH, directory.toString());
  }
}
