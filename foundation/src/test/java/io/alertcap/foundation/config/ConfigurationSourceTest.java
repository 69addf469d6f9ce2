package io.alertcap.foundation.config;

import static io.alertcap.foundation.config.ConfigurationSource.text;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationSourceTest {

  private record Http(int port, Duration patience, Optional<String> name) {

    static Setting<Http> from(Section http) {
      Setting<Integer> port = http.integer("port").between(1, 65_535).orElse(8080);
      Setting<Duration> patience =
          http.duration("patience").between(ofSeconds(1), ofMinutes(1)).required();
      Setting<Optional<String>> name = http.text("serverName").optional();
      return http.build(() -> new Http(port.get(), patience.get(), name.get()));
    }
  }

  private record Rule(String name, List<String> match) {
    private Rule {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a rule needs a name");
      }
    }

    static Setting<Rule> from(Section rule) {
      Setting<String> name = rule.text("name").required();
      Setting<List<String>> match = rule.texts("match").orElse(List.of());
      return rule.build(() -> new Rule(name.get(), match.get()));
    }
  }

  private record Settings(Http http, List<Rule> rules) {

    static Setting<Settings> from(Section root) {
      Setting<Http> http = Http.from(root.section("http"));
      Setting<List<Rule>> rules = root.sections("rules", Rule::from).orElse(List.of());
      return root.build(() -> new Settings(http.get(), rules.get()));
    }
  }

  private static List<String> problems(ConfigurationSource source) {
    return catchThrowableOfType(InvalidConfiguration.class, () -> source.read(Settings::from))
        .problems();
  }

  @Test
  void readsRecordsOutOfSections() {
    Loaded<Settings> loaded =
        text(
                "config.yaml",
                """
                # a comment
                http: { patience: 5s }
                rules:
                  - name: first
                    match: ['a="b"', 'c="d"']
                  - name: second
                """)
            .read(Settings::from);

    assertThat(loaded.settings())
        .isEqualTo(
            new Settings(
                new Http(8080, ofSeconds(5), Optional.empty()),
                List.of(
                    new Rule("first", List.of("a=\"b\"", "c=\"d\"")),
                    new Rule("second", List.of()))));
    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void namesEveryErrorWithItsPathAndLine() {
    assertThat(
            problems(
                text(
                    "config.yaml",
                    """
                    http:
                      port: 70000
                      patience: soon
                      servername: me
                    rules:
                      - match: a
                      - name: ''
                      -
                        name: [x]
                      - nothing
                    htttp: {}
                    42: {}
                    """)))
        .containsExactly(
            "config.yaml:2: http.port: must be between 1 and 65535, and is 70000",
            "config.yaml:3: http.patience: must be a duration such as 60s, 15m, 1h30m or 250ms",
            "config.yaml:4: http.servername: unknown key; did you mean \"serverName\"?",
            "config.yaml:6: rules[0].name: is missing",
            "config.yaml:6: rules[0].match: must be a list, not a single value",
            "config.yaml:7: rules[1]: a rule needs a name",
            "config.yaml:9: rules[2].name: must be a single value, not a list",
            "config.yaml:10: rules[3]: must be a section with keys, not a single value",
            "config.yaml:11: htttp: unknown key; did you mean \"http\"?",
            "config.yaml:12: 42: unknown key; known here: http, rules");
  }

  @Test
  void saysInOneMessageWhatIsWrong() {
    assertThatThrownBy(() -> text("config.yaml", "http:\n  port: x\n").read(Settings::from))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(
            """
            config.yaml: 2 errors:
              config.yaml:1: http.patience: is missing
              config.yaml:2: http.port: must be a whole number\
            """
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void takesAValueFromItsVariable() {
    Map<String, String> environment =
        Map.of("ALERTCAP_HTTP_PORT", "8081", "ALERTCAP_HTTP_SERVER_NAME", "me", "HOME", "/");

    Loaded<Settings> loaded =
        text("config.yaml", "http: { port: wrong, patience: 5s }")
            .overriddenBy(environment)
            .read(Settings::from);

    assertThat(loaded.settings().http()).isEqualTo(new Http(8081, ofSeconds(5), Optional.of("me")));
    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void namesTheVariableThatIsWrong() {
    assertThat(
            problems(
                text("config.yaml", "http: { patience: 5s, port: 0 }")
                    .overriddenBy(
                        Map.of(
                            "ALERTCAP_HTTP_PATIENCE", "long",
                            "ALERTCAP_RULES", "- name: x"))))
        .containsExactly(
            "config.yaml:1: http.port: must be between 1 and 65535, and is 0",
            "ALERTCAP_HTTP_PATIENCE: http.patience: must be a duration such as 60s, 15m, 1h30m or"
                + " 250ms",
            "ALERTCAP_RULES: rules: is a list, which no variable can set");
  }

  @Test
  void warnsOfVariablesThatChangeNothing() {
    Map<String, String> environment =
        Map.of(
            "ALERTCAP_CONFIG", "/etc/alertcap/config.yaml",
            "ALERTCAP_LOG_LEVEL", "debug",
            "ALERTCAP_HTTP_PORT", "tcp://10.96.0.7:80",
            "ALERTCAP_HTTP_PATIENSE", "7s",
            "ALERTCAP_TRIGGER_SERVICE_HOST", "10.96.0.7");

    Loaded<Settings> loaded =
        text("config.yaml", "http: { patience: 5s }")
            .overriddenBy(environment)
            .read(Settings::from);

    assertThat(loaded.settings().http().port()).isEqualTo(8080);
    assertThat(loaded.warnings())
        .containsExactly(
            "ALERTCAP_HTTP_PATIENSE is set, but names no setting; did you mean"
                + " ALERTCAP_HTTP_PATIENCE?",
            "ALERTCAP_HTTP_PORT is ignored: it is what Kubernetes sets for a Service of that name"
                + " (enableServiceLinks: false in the pod avoids it)",
            "ALERTCAP_TRIGGER_SERVICE_HOST is set, but names no setting");
  }

  @Test
  void fallsBackToPresetsBehindFileAndEnvironment() {
    ConfigurationSource source =
        text("config.yaml", "http: { port: 1 }")
            .withPresets(Map.of("http.port", "2", "http.patience", "3s", "http.serverName", "four"))
            .overriddenBy(Map.of("ALERTCAP_HTTP_SERVER_NAME", "five"));

    assertThat(source.read(Settings::from).settings().http())
        .isEqualTo(new Http(1, ofSeconds(3), Optional.of("five")));
  }

  @Test
  void anEmptyFileIsAllDefaults() {
    assertThat(problems(text("config.yaml", "# nothing yet\n")))
        .containsExactly("config.yaml: http.patience: is missing");
    assertThat(problems(text("config.yaml", "http:\nrules:\n")))
        .containsExactly("config.yaml:1: http.patience: is missing");
  }

  @Test
  void namesAFileThatIsNotThere(@TempDir Path directory) {
    Path file = directory.resolve("config.yaml");

    assertThat(
            catchThrowableOfType(InvalidConfiguration.class, () -> ConfigurationSource.file(file))
                .problems())
        .containsExactly("cannot read " + file + ": there is no such file");
    assertThat(
            catchThrowableOfType(
                    InvalidConfiguration.class, () -> ConfigurationSource.file(directory))
                .problems())
        .containsExactly("cannot read " + directory + ": Is a directory");
  }

  @Test
  void readsAFileThatIsAList() {
    String yaml =
        """
        - name: first
        - { name: second, match: [a] }
        """;

    assertThat(text("list.yaml", yaml).readList(Rule::from).settings())
        .containsExactly(new Rule("first", List.of()), new Rule("second", List.of("a")));
    assertThat(text("list.yaml", "").readList(Rule::from).settings()).isEmpty();
  }

  @Test
  void namesElementsOfAListByTheirNumber() {
    ConfigurationSource source = text("list.yaml", "- name: first\n- names: second\n");

    assertThat(
            catchThrowableOfType(InvalidConfiguration.class, () -> source.readList(Rule::from))
                .problems())
        .containsExactly(
            "list.yaml:2: [1].name: is missing",
            "list.yaml:2: [1].names: unknown key; did you mean \"name\"?");
    ConfigurationSource keys = text("list.yaml", "rules: []\n");
    assertThat(
            catchThrowableOfType(InvalidConfiguration.class, () -> keys.readList(Rule::from))
                .problems())
        .containsExactly("list.yaml:1: holds keys, not a list");
  }
}
