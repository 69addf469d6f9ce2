package io.alertcap.standalone;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.trigger.HangUp;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole pipeline on this machine, until SIGTERM. */
@Command(
    name = "standalone",
    mixinStandardHelpOptions = true,
    description = "Runs Kafka, S3 and both services in one process, until SIGTERM.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "143:ended by SIGTERM (130 by SIGINT), after everything was closed",
      "1:could not be started",
      "2:wrong command line",
      "78:wrong configuration (EX_CONFIG of sysexits.h); every error is listed"
    })
public final class Main implements Callable<Integer> {

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
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    try {
      Standalone pipeline =
          Standalone.start(ConfigurationSource.file(config).overriddenBy(System.getenv()));
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(pipeline::close));
      HangUp.then(pipeline::reload);
      out.println("ready: " + pipeline);
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (InvalidConfiguration e) {
      err.println(e.getMessage());
      return WRONG_CONFIGURATION;
    } catch (Standalone.CannotStart e) {
      err.println(e.getMessage());
      return NOT_STARTED;
    }
  }
}
