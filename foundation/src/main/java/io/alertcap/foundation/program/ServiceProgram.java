package io.alertcap.foundation.program;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
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

/** A program that takes a configuration and runs until it is told to end. */
@Command(
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "143:ended by SIGTERM (130 by SIGINT), after everything was closed",
      "1:could not be started",
      "2:wrong command line",
      "78:wrong configuration (EX_CONFIG of sysexits.h); every error is listed"
    })
public abstract class ServiceProgram implements Callable<Integer> {

  /** {@code EX_CONFIG} of sysexits.h. */
  private static final int WRONG_CONFIGURATION = 78;

  private static final int NOT_STARTED = 1;

  private static final Logger log = LoggerFactory.getLogger(ServiceProgram.class);

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      required = true,
      defaultValue = "${env:ALERTCAP_CONFIG}",
      description = "The YAML file with the configuration; or the variable ALERTCAP_CONFIG.")
  private Path config = Path.of("");

  @Spec private CommandSpec command = CommandSpec.create();

  /**
   * Starts the service.
   *
   * @param configuration the file, with the environment's variables over it
   * @throws IOException if it cannot be started; the message says why, for the operator
   */
  protected abstract RunningService start(ConfigurationSource configuration) throws IOException;

  /** Runs it, and ends the JVM. */
  protected static void run(ServiceProgram program, String... arguments) {
    System.exit(new CommandLine(program).execute(arguments));
  }

  /** Does not return unless the service cannot be started: the JVM ends around it. */
  @Override
  public final Integer call() throws InterruptedException {
    PrintWriter err = command.commandLine().getErr();
    try {
      RunningService service =
          start(ConfigurationSource.file(config).overriddenBy(System.getenv()));
      closeAtTheEnd(service);
      PrintWriter out = command.commandLine().getOut();
      out.println(service.announcement());
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (InvalidConfiguration e) {
      err.println(e.getMessage());
      return WRONG_CONFIGURATION;
    } catch (IOException e) {
      err.println("%s cannot be started: %s".formatted(command.name(), e.getMessage()));
      return NOT_STARTED;
    } catch (Error e) {
      // Whoever only lost its main thread would answer probes for ever, and do nothing else.
      log.error("Unexpected error while starting {}", command.name(), e);
      err.println("%s cannot be started: %s".formatted(command.name(), e));
      return NOT_STARTED;
    }
  }

  /** The JVM ends when its shutdown hooks have, so the hook is what closes. */
  private static void closeAtTheEnd(RunningService service) {
    try {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(service::close));
    } catch (IllegalStateException toldToEndWhileStarting) {
      service.close();
    }
  }
}
