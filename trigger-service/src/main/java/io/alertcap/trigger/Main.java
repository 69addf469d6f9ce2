package io.alertcap.trigger;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.Loaded;
import io.alertcap.foundation.program.RunningService;
import io.alertcap.foundation.program.ServiceProgram;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** The trigger service, until SIGTERM. */
@Command(
    name = "trigger",
    description =
        "Takes Alertmanager's notifications and commands captures, until SIGTERM."
            + " SIGHUP makes it read rules and policy again.")
public final class Main extends ServiceProgram {

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String... arguments) {
    run(new Main(), arguments);
  }

  @Override
  protected RunningService start(ConfigurationSource configuration) throws IOException {
    ConfigFile file = ConfigFile.of(configuration);
    Loaded<TriggerConfig> loaded = file.source().read(file.reader());
    loaded.warnings().forEach(log::warn);
    TriggerService service = TriggerService.start(loaded.settings(), file);
    HangUp.then(service::reload);
    return service;
  }
}
