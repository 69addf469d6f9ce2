package io.alertcap.trigger;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.alertmanager.WebhookPayload;
import io.alertcap.trigger.decision.Rehearsal;
import io.alertcap.trigger.target.StaticCatalog;
import io.alertcap.trigger.target.TargetFinder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be said about rules without running anything. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Looks at rules; contacts nobody.",
    subcommands = RulesMain.Check.class)
public final class RulesMain implements Callable<Integer> {

  private static final int VALID = 0;
  private static final int INVALID = 1;
  private static final int NOTHING_CAPTURED = 3;

  @Spec private CommandSpec command = CommandSpec.create();

  private RulesMain() {}

  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new RulesMain());
  }

  @Override
  public Integer call() {
    throw new ParameterException(command.commandLine(), "Say what to do: check");
  }

  /** Reads the rules as the service does, and says what each would do about an alert. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Finds mistakes in rules, and says what each would do about alerts, and why.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:the rules are valid, and with --alert something would be captured",
        "1:the rules, the alert or the catalog cannot be used; every error is listed",
        "2:wrong command line",
        "3:the rules are valid, but nothing would be captured"
      })
  static final class Check implements Callable<Integer> {

    private enum Output {
      text,
      json
    }

    @Option(
        names = {"-c", "--config"},
        paramLabel = "FILE",
        required = true,
        description = "The trigger service's file; only rules, ruleDefaults and policy are read.")
    private Path config = Path.of("");

    @Option(
        names = "--alert",
        paramLabel = "FILE",
        description = "A body of Alertmanager's webhook.")
    private Optional<Path> alert = Optional.empty();

    @Option(
        names = "--catalog",
        paramLabel = "FILE",
        description = "Pods, in the format of catalog.type static; default: catalog.file.")
    private Optional<Path> catalog = Optional.empty();

    @Option(names = "--output", defaultValue = "text", description = "text or json.")
    private Output output = Output.text;

    @Spec private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter err = command.commandLine().getErr();
      try {
        RulesFile file = ConfigurationSource.file(config).read(RulesFile::from).settings();
        return alert.isEmpty() ? valid(file) : rehearse(file, alert.get());
      } catch (InvalidConfiguration e) {
        err.println(e.getMessage());
      } catch (IOException e) {
        err.println("cannot read " + alert.orElse(config) + ": " + e.getMessage());
      }
      return INVALID;
    }

    private int valid(RulesFile file) {
      long enabled = file.ruleBook().rules().all().stream().filter(rule -> rule.enabled()).count();
      say("%d rules, %d of them enabled".formatted(file.ruleBook().rules().all().size(), enabled));
      return VALID;
    }

    private int rehearse(RulesFile file, Path payload) throws IOException {
      Path pods =
          catalog
              .or(file::pods)
              .orElseThrow(() ->
                  new ParameterException(
                      command.commandLine(),
                      "--alert needs pods: give --catalog, as the file has no static catalog"));
      return switch (WebhookPayload.read(Files.readAllBytes(payload))) {
        case Reading.Invalid<Notification> invalid -> {
          command.commandLine().getErr().println(payload + ": " + invalid.sentence());
          yield INVALID;
        }
        case Reading.Valid<Notification>(Notification notification) -> {
          StaticCatalog known = StaticCatalog.read(ConfigurationSource.file(pods));
          Rehearsal rehearsal =
              new Rehearsal(file.ruleBook(), new TargetFinder(known), Clock.systemUTC());
          yield show(rehearsal.of(notification));
        }
      };
    }

    private int show(List<Rehearsal.Line> lines) {
      switch (output) {
        case json -> say(Json.pretty(lines));
        case text -> lines.forEach(this::show);
      }
      return lines.stream().anyMatch(Rehearsal.Line::captures) ? VALID : NOTHING_CAPTURED;
    }

    private void show(Rehearsal.Line line) {
      say("alert %s, rule %s: %s".formatted(line.fingerprint(), line.rule(), line.outcome()));
    }

    private void say(String text) {
      PrintWriter out = command.commandLine().getOut();
      out.println(text);
      out.flush();
    }
  }
}
