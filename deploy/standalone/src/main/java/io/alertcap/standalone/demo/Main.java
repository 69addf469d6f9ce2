package io.alertcap.standalone.demo;

import io.alertcap.schemas.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the demo once and says what came of it. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "An alert goes in, a capture comes out: the whole pipeline on this machine, once.")
public final class Main implements Callable<Integer> {

  enum Output {
    text,
    json
  }

  private static final int FAILED = 1;

  @Option(
      names = "--output",
      defaultValue = "text",
      description = "text, or json for the record of the capture on stdout and all else on stderr.")
  private Output output = Output.text;

  @Option(
      names = "--dir",
      paramLabel = "DIRECTORY",
      defaultValue = "alertcap-demo",
      description =
          "For data, configuration and the copy of the capture; default: ${DEFAULT-VALUE}.")
  private Path directory = Path.of("");

  @Spec private CommandSpec command = CommandSpec.create();

  private Main() {}

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    try {
      DemoResult result = new Demo(directory, Clock.systemUTC(), new Progress(System.err)).run();
      switch (output) {
        case text -> out.print(new Summary(result));
        case json -> out.println(Json.pretty(result.record()));
      }
      out.flush();
      return 0;
    } catch (DemoFailed e) {
      command.commandLine().getErr().println("demo: " + e.getMessage());
      return FAILED;
    }
  }
}
