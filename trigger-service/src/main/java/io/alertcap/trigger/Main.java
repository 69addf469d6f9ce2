package io.alertcap.trigger;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Loaded;
import io.alertcap.foundation.health.HealthReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The trigger service, until SIGTERM. */
@Command(
    name = "trigger",
    mixinStandardHelpOptions = true,
    description =
        "Takes Alertmanager's notifications and commands captures, until SIGTERM."
            + " SIGHUP makes it read rules and policy again.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:could not be started",
      "2:wrong command line",
      "78:wrong configuration (EX_CONFIG of sysexits.h); every error is listed",
      "143:ended by SIGTERM (130 by SIGINT), as of every JVM"
    })
public final class Main implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  /** {@code EX_CONFIG} of sysexits.h. */
  private static final int WRONG_CONFIGURATION = 78;

  private static final int NOT_STARTED = 1;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      required = true,
      defaultValue = "${env:ALERTCAP_CONFIG}",
      description = "The YAML file with the configuration; or the variable ALERTCAP_CONFIG.")
  private Path config = Path.of("");

  @Spec private CommandSpec command = CommandSpec.create();

  private Main() {}

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = command.commandLine().getErr();
    try {
      ConfigFile file =
          ConfigFile.of(ConfigurationSource.file(config).overriddenBy(System.getenv()));
      Loaded<TriggerConfig> loaded = file.source().read(file.reader());
      loaded.warnings().forEach(log::warn);
      runUntilTold(loaded.settings(), file);
      return 0;
    } catch (InvalidConfiguration e) {
      err.println(e.getMessage());
      return WRONG_CONFIGURATION;
    } catch (IOException e) {
      err.println("The trigger service cannot be started: " + e.getMessage());
      return NOT_STARTED;
    }
  }

  /** The JVM ends when its shutdown hooks have, so the hook is what closes. */
  private void runUntilTold(TriggerConfig config, ConfigFile file)
      throws IOException, InterruptedException {
    TriggerService service = TriggerService.start(config, file);
    HangUp.then(service::reload);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(service::close));
    HealthReport ready = service.ready();
    PrintWriter out = command.commandLine().getOut();
    out.println(
        ready.passing()
            ? "ready: trigger " + service.uri()
            : "not ready yet: trigger " + service.uri() + " " + ready.checks());
    out.flush();
    new CountDownLatch(1).await();
  }
}
