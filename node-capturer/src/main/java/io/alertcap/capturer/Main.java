package io.alertcap.capturer;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.Loaded;
import io.alertcap.foundation.program.RunningService;
import io.alertcap.foundation.program.ServiceProgram;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** The capturer of one node, until SIGTERM. */
@Command(
    name = "capturer",
    description = "Captures packets on this node when a command asks for it, until SIGTERM.")
public final class Main extends ServiceProgram {

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String... arguments) {
    run(new Main(), arguments);
  }

  @Override
  protected RunningService start(ConfigurationSource configuration) throws IOException {
    Loaded<CapturerConfig> loaded = configuration.read(CapturerConfig::from);
    loaded.warnings().forEach(log::warn);
    return CapturerService.start(loaded.settings());
  }
}
