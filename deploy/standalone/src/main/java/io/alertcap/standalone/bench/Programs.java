package io.alertcap.standalone.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the system, never through a shell. */
final class Programs {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Programs() {}

  /** Blocks until the program has ended; it has to end well. Returns what it printed. */
  static String run(String... command) throws BenchFailed, InterruptedException {
    return run(PATIENCE, List.of(command));
  }

  /** As {@link #run(String...)}, of a program that may take its time. */
  static String run(Duration patience, List<String> command)
      throws BenchFailed, InterruptedException {
    Ended ended = toEnd(patience, command);
    if (ended.exitCode() != 0) {
      throw new BenchFailed(
          "'%s' failed: %s".formatted(String.join(" ", command), ended.printed()));
    }
    return ended.printed();
  }

  /** What a program prints, even if it ends badly. */
  static String said(String... command) throws BenchFailed, InterruptedException {
    return toEnd(PATIENCE, List.of(command)).printed();
  }

  private record Ended(int exitCode, String printed) {}

  private static Ended toEnd(Duration patience, List<String> command)
      throws BenchFailed, InterruptedException {
    try {
      Path output = Files.createTempFile("alertcap-bench", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ended(process, patience, command);
        return new Ended(
            process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).strip());
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw missing(command, e);
    }
  }

  /** Starts a program that says on stderr when it is ready, and blocks until it has said so. */
  static Process started(List<String> command, String whenReady, Path errors)
      throws BenchFailed, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(errors.toFile())
              .start();
      while (!Files.readString(errors, StandardCharsets.UTF_8).contains(whenReady)) {
        if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
          throw new BenchFailed(
              "'%s' ended: %s".formatted(String.join(" ", command), Files.readString(errors)));
        }
      }
      return process;
    } catch (IOException e) {
      throw missing(command, e);
    }
  }

  /** Starts a program that prints nothing worth reading. */
  static Process started(List<String> command, Map<String, String> environment) throws BenchFailed {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD);
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw missing(command, e);
    }
  }

  /** Blocks until it has ended, well or not. */
  static void ended(Process process, List<String> command)
      throws BenchFailed, InterruptedException {
    ended(process, PATIENCE, command);
  }

  private static void ended(Process process, Duration patience, List<String> command)
      throws BenchFailed, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new BenchFailed("'%s' does not end.".formatted(String.join(" ", command)));
    }
  }

  private static BenchFailed missing(List<String> command, IOException e) {
    return new BenchFailed("'%s' cannot be run: is it installed?".formatted(command.getFirst()), e);
  }
}
