package io.alertcap.foundation.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.foundation.config.ConfigurationSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ServiceProgramTest {

  @TempDir Path directory;
  private Path config = Path.of("");
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeConfiguration() throws IOException {
    config = Files.writeString(directory.resolve("config.yaml"), "{}");
  }

  @Test
  void saysInOneLineWhyItCannotBeStarted() {
    assertThat(execute(new Failing(new IOException("the port is taken")))).isEqualTo(1);
    assertThat(err).hasToString("failing cannot be started: the port is taken" + "\n");
  }

  /** A library that does not load, say: what was started before it must not go on alone. */
  @Test
  void endsWhenAnErrorEndsItsStart() {
    assertThat(execute(new Failing(new UnsatisfiedLinkError("not to be mapped")))).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "failing cannot be started: java.lang.UnsatisfiedLinkError: not to be mapped\n");
  }

  private int execute(ServiceProgram program) {
    return new CommandLine(program)
        .setErr(new PrintWriter(err, true))
        .execute("--config", config.toString());
  }

  @Command(name = "failing")
  private static final class Failing extends ServiceProgram {

    private final Throwable reason;

    Failing(Throwable reason) {
      this.reason = reason;
    }

    @Override
    protected RunningService start(ConfigurationSource configuration) throws IOException {
      if (reason instanceof Error error) {
        throw error;
      }
      throw new IOException(reason.getMessage());
    }
  }
}
