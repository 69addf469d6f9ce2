package io.alertcap.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of the system, never through a shell. */
final class Commands {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Commands() {}

  /**
   * Blocks until the program has ended.
   *
   * @throws DemoFailed if it does not end well, with what it said
   */
  static void run(String... command) throws DemoFailed, InterruptedException {
    Process process = start(List.of(command));
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DemoFailed("'%s' does not end".formatted(String.join(" ", command)));
      }
      if (process.exitValue() != 0) {
        throw new DemoFailed(
            "'%s' failed: %s".formatted(String.join(" ", command), output(process).strip()));
      }
    } finally {
      process.destroy();
    }
  }

  /** Starts a program whose output can be read; its error output is joined to it. */
  static Process start(List<String> command) throws DemoFailed {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new DemoFailed("'%s' cannot be run: is it installed?".formatted(command.getFirst()), e);
    }
  }

  /** Blocks until the program has ended or closed its output. */
  static String output(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
