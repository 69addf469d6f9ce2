package io.alertcap.standalone;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.program.RunningService;
import io.alertcap.foundation.program.ServiceProgram;
import io.alertcap.trigger.HangUp;
import java.io.IOException;
import picocli.CommandLine.Command;

/** The whole pipeline on this machine, until SIGTERM. */
@Command(
    name = "standalone",
    description =
        "Runs Kafka, S3 and both services in one process, until SIGTERM."
            + " SIGHUP makes it read rules and policy again.")
public final class Main extends ServiceProgram {

  private Main() {}

  public static void main(String... arguments) {
    run(new Main(), arguments);
  }

  @Override
  protected RunningService start(ConfigurationSource configuration) throws IOException {
    Standalone pipeline = Standalone.start(configuration);
    HangUp.then(pipeline::reload);
    return pipeline;
  }
}
