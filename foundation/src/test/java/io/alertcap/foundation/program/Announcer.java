package io.alertcap.foundation.program;

import io.alertcap.foundation.config.ConfigurationSource;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A service that starts, or does not, for tests of its process. */
@Command(name = "announcer")
final class Announcer extends ServiceProgram {

  @Option(names = "--fail")
  private boolean fail;

  private Announcer() {}

  public static void main(String... arguments) {
    run(new Announcer(), arguments);
  }

  @Override
  protected RunningService start(ConfigurationSource configuration) throws IOException {
    if (fail) {
      throw new IOException("the port is taken");
    }
    return new RunningService() {
      @Override
      public String announcement() {
        return "ready: announcer http://127.0.0.1:1";
      }

      @Override
      public void close() {}
    };
  }
}
