package io.alertcap.foundation.program;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.log.LogFormat;
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

  private final LogFormat format = LogFormat.of(System.getenv());

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
    System.exit(program.commandLine().execute(arguments));
  }

  final CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(this);
    LogFormat.nameService("alertcap-" + commandLine.getCommandName());
    if (format == LogFormat.JSON) {
      commandLine.setParameterExceptionHandler((e, arguments) ->
          refused(command.exitCodeOnInvalidInput(), String.valueOf(e.getMessage())));
    }
    return commandLine;
  }

  /** Does not return unless the service cannot be started: the JVM ends around it. */
  @Override
  public final Integer call() throws InterruptedException {
    try {
      RunningService service =
          start(ConfigurationSource.file(config).overriddenBy(System.getenv()));
      closeAtTheEnd(service);
      announce(service.announcement());
      new CountDownLatch(1).await();
      return 0;
    } catch (InvalidConfiguration e) {
      return refused(WRONG_CONFIGURATION, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refused(NOT_STARTED, command.name() + " cannot be started: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      // Whoever only lost its main thread would answer probes for ever, and do nothing else.
      log.error("Unexpected error while starting {}", command.name(), e);
      return refused(NOT_STARTED, command.name() + " cannot be started: " + e);
    }
  }

  /**
   * A line of text on stdout, for people and scripts; where all else is JSON, a line of the log.
   */
  private void announce(String announcement) {
    if (format == LogFormat.JSON) {
      log.info("{}", announcement);
      return;
    }
    PrintWriter out = command.commandLine().getOut();
    out.println(announcement);
    out.flush();
  }

  private int refused(int status, String reason) {
    if (format == LogFormat.JSON) {
      log.error("{}", reason);
    } else {
      command.commandLine().getErr().println(reason);
    }
    return status;
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
