package io.alertcap.capturer.analyze;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dns.DnsAnalysis;
import io.alertcap.capturer.dns.VerdictThresholds;
import io.alertcap.schemas.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Says what capture files show, each on its own. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = "Says what the DNS and TCP packets of capture files show.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every file was read, whatever it shows",
      "1:a file could not be read, and stderr says why; the others were",
      "2:wrong command line"
    })
public final class Main implements Callable<Integer> {

  private static final int UNREADABLE = 1;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "pcap or pcapng, plain, gzip or zstd.")
  private List<Path> files = List.of();

  @Option(
      names = "--target",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description =
          "An address of the host from whose point of view to look; inferred where that can be done.")
  private Set<IpAddress> targets = Set.of();

  @Option(
      names = "--dns-port",
      paramLabel = "PORT",
      description = "A port on which DNS is spoken, besides 53.")
  private Set<Integer> dnsPorts = Set.of();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "text, or json for one JSON document; default: ${DEFAULT-VALUE}.")
  private Output output = Output.text;

  @Spec private CommandSpec command = CommandSpec.create();

  /** As it is written on the command line. */
  private enum Output {
    text,
    json
  }

  private record Document(List<FileReport> files) {}

  private Main() {}

  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    List<FileReport> reports = new ArrayList<>();
    for (Path file : files) {
      try {
        FileReport report = FileReport.of(file, analysis());
        reports.add(report);
        if (output == Output.text) {
          out.print((reports.size() == 1 ? "" : "\n") + ReportText.of(report));
          out.flush();
        }
      } catch (NoSuchFileException e) {
        err.println(file + ": There is no such file.");
      } catch (IOException e) {
        err.println(file + ": " + e.getMessage());
      }
    }
    if (output == Output.json) {
      out.println(Json.pretty(new Document(reports)));
      out.flush();
    }
    return reports.size() == files.size() ? 0 : UNREADABLE;
  }

  private DnsAnalysis analysis() {
    for (int port : dnsPorts) {
      if (port < 1 || port > 65_535) {
        throw new CommandLine.ParameterException(
            command.commandLine(), "--dns-port is from 1 to 65535, and this is " + port);
      }
    }
    return new DnsAnalysis(targets, dnsPorts, VerdictThresholds.DEFAULTS, Optional.empty());
  }

  private static final class AddressConverter implements ITypeConverter<IpAddress> {

    @Override
    public IpAddress convert(String text) {
      return IpAddress.parse(text)
          .orElseThrow(() -> new TypeConversionException("'" + text + "' is no IP address"));
    }
  }
}
