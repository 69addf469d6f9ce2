package io.alertcap.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own files. */
public final class Repository {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private Repository() {}

  /**
   * A file or directory of the project.
   *
   * @param path from its root
   */
  public static Path path(String path) {
    return ROOT.resolve(path);
  }

  /** The files below a directory whose names end so, in order. */
  public static List<Path> files(String directory, String end) {
    try (Stream<Path> all = Files.walk(path(directory))) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file says. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
