package io.alertcap.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the machine that look at what is shipped. */
public final class Programs {

  private static final int PATIENCE_SECONDS = 60;

  private Programs() {}

  /** How a program ended, and what it printed, errors included. */
  public record Finished(int exitCode, String output) {}

  /** Skips the test where a program is missing. */
  public static void need(String program, String debianPackage) {
    assumeTrue(
        isInstalled(program),
        () -> "there is no %s here (package %s)".formatted(program, debianPackage));
  }

  /** Whether it is on the path, where administrators' programs are, too. */
  public static boolean isInstalled(String program) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/sbin"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a program to its end; it has to succeed. */
  public static String output(String... command) {
    Finished finished = run(command);
    assertThat(finished.exitCode()).as(finished.output()).isZero();
    return finished.output();
  }

  /** Runs a program to its end. */
  public static Finished run(String... command) {
    try {
      Path output = Files.createTempFile("alertcap", ".out");
      try {
        Process process =
            new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(String.join(" ", command) + " does not end");
        }
        return new Finished(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
