package io.alertcap.capturer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The machine that a test runs on: what it has, what it permits, and its programs. */
public final class Machine {

  /** As shells have it. */
  private static final int MISSING = 127;

  private static final int PATIENCE_SECONDS = 30;

  private Machine() {}

  /** How a program ended, and what it printed. */
  public record Finished(int exitCode, List<String> output, String errors) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** Skips the test unless it runs as root. */
  public static void needRoot(String what) throws IOException {
    boolean isRoot =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .anyMatch(line -> line.toLowerCase(Locale.ROOT).matches("uid:\\s+\\d+\\s+0\\s.*"));
    assumeTrue(isRoot, () -> "skipped: " + what + " needs root");
  }

  /**
   * Skips the test where a program is missing.
   *
   * @param asking an argument with which it does nothing and succeeds, such as {@code --version}
   */
  public static void needProgram(String name, String asking, String debianPackage) {
    assumeTrue(
        run(name, asking).succeeded(),
        () -> "skipped: there is no " + name + " (package " + debianPackage + ")");
  }

  /** Runs a program to its end, which is an exit code of 127 where there is no such program. */
  public static Finished run(String... command) {
    return run(List.of(command));
  }

  /** As {@link #run(String...)}. */
  public static Finished run(List<String> command) {
    try {
      Path output = Files.createTempFile("alertcap-lab", ".out");
      Path errors = Files.createTempFile("alertcap-lab", ".err");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("LC_ALL", "C");
        int exitCode = waitFor(builder.start());
        return new Finished(
            exitCode,
            Files.readAllLines(output, StandardCharsets.UTF_8),
            Files.readString(errors, StandardCharsets.UTF_8).strip());
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException missing) {
      return new Finished(MISSING, List.of(), String.valueOf(missing.getMessage()));
    }
  }

  /**
   * Runs a program that has to succeed, and returns what it printed. The test is skipped where
   * there is no such program.
   */
  public static List<String> output(String... command) {
    return output(List.of(command));
  }

  /** As {@link #output(String...)}. */
  public static List<String> output(List<String> command) {
    Finished finished = run(command);
    assumeTrue(
        finished.exitCode() != MISSING,
        () -> "skipped: there is no " + command.getFirst() + ": " + finished.errors());
    assertThat(finished.exitCode())
        .as("%s: %s", String.join(" ", command), finished.errors())
        .isZero();
    return finished.output();
  }

  private static int waitFor(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("took longer than 30 s: " + process.info());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
