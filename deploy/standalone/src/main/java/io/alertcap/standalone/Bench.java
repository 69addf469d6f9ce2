package io.alertcap.standalone;

import io.alertcap.schemas.json.Json;
import io.alertcap.standalone.bench.BenchFailed;
import io.alertcap.standalone.bench.Machine;
import io.alertcap.standalone.bench.Measure;
import io.alertcap.standalone.bench.Measured;
import io.alertcap.standalone.bench.Measures;
import io.alertcap.standalone.bench.Report;
import io.alertcap.standalone.bench.Table;
import io.alertcap.standalone.bench.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the measurements of docs/benchmarks.md on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Takes the measurements of docs/benchmarks.md, side by side with other programs.")
public final class Bench implements Callable<Integer> {

  enum Output {
    text,
    json
  }

  /** For the help text. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Measures.ALL.stream().map(Measure::name).iterator();
    }
  }

  private static final int FAILED = 1;

  @Parameters(
      paramLabel = "MEASURE",
      arity = "0..*",
      completionCandidates = Names.class,
      description = "Which to take: ${COMPLETION-CANDIDATES}; all unless some are named.")
  private List<String> names = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How often each contender has its turn; default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--packets",
      defaultValue = "" + Workbench.USUAL_PACKETS,
      description =
          "How many packets a run captures or reads, "
              + Workbench.MOST_PACKETS
              + " at most; default: ${DEFAULT-VALUE}.")
  private int packets;

  @Option(
      names = "--captures",
      defaultValue = "" + Workbench.USUAL_CAPTURES,
      description =
          "How many captures a start has on record, "
              + Workbench.MOST_CAPTURES
              + " at most; default: ${DEFAULT-VALUE}.")
  private int captures;

  @Option(
      names = "--output",
      defaultValue = "text",
      description = "text for a table, or json, with the figures of every round.")
  private Output output = Output.text;

  @Spec private CommandSpec command = CommandSpec.create();

  private Bench() {}

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    try {
      Report report = take(chosen());
      out.print(
          switch (output) {
            case text -> Table.of(report);
            case json -> Json.pretty(report) + "\n";
          });
      out.flush();
      return 0;
    } catch (BenchFailed e) {
      say("stopped: " + e.getMessage());
      return FAILED;
    }
  }

  private List<Measure> chosen() {
    return names.isEmpty()
        ? Measures.ALL
        : names.stream()
            .map(name -> Measures.named(name).orElseThrow(() -> unknown(name)))
            .toList();
  }

  private ParameterException unknown(String name) {
    return new ParameterException(
        command.commandLine(),
        "There is no measure '%s'; there are %s.".formatted(name, Measures.names()));
  }

  private Report take(List<Measure> measures) throws BenchFailed, InterruptedException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Machine machine = Machine.thisOne();
    try {
      Path directory = Files.createTempDirectory("alertcap-bench");
      try {
        Workbench workbench = workbench(directory);
        List<Measured> results = new ArrayList<>();
        for (Measure measure : measures) {
          say(measure.question());
          results.add(measure.take(workbench));
        }
        return new Report(now, machine, results);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Workbench workbench(Path directory) {
    try {
      return new Workbench(rounds, packets, captures, directory, this::say);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private void say(String what) {
    PrintWriter err = command.commandLine().getErr();
    err.println("bench: " + what);
    err.flush();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
