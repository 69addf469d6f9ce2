package io.alertcap.foundation.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in words why a file could not be read. */
final class Unreadable {

  private Unreadable() {}

  static String because(Path file, IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "cannot read " + file + ": there is no such file";
      case AccessDeniedException denied -> "cannot read " + file + ": permission denied";
      default -> "cannot read " + file + ": " + e.getMessage();
    };
  }
}
