package io.alertcap.trigger.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.trigger.rule.Rule;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.StaticCatalog;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of docs/rules.md are what they say. */
final class DocumentedRulesTest {

  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

  private List<String> examples = List.of();

  @BeforeEach
  void read() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "rules.md"));
    examples = YAML.matcher(page).results().map(example -> example.group(1)).toList();
  }

  @Test
  void theRuleIsOneWithAllDefaultsWrittenOut() {
    ConfigurationSource example = ConfigurationSource.text("docs/rules.md", examples.getFirst());
    Rule written = example.read(DocumentedRulesTest::rules).settings().all().getFirst();
    Rule terse =
        ConfigurationSource.text("terse.yaml", "rules: [{ name: terse, match: [a=b] }]")
            .read(Rules::from)
            .settings()
            .all()
            .getFirst();

    assertThat(written.target().maxTargets()).isEqualTo(terse.target().maxTargets());
    assertThat(written.capture())
        .usingRecursiveComparison()
        .ignoringFields("filter", "direction", "buffer", "payload")
        .isEqualTo(terse.capture());
    assertThat(written.cooldown()).isEqualTo(terse.cooldown());
    assertThat(written.expireAfter()).isEqualTo(terse.expireAfter());
    assertThat(written.stopOnResolve()).isEqualTo(terse.stopOnResolve());
    assertThat(written.budget()).isEqualTo(terse.budget());
    assertThat(written.enabled()).isEqualTo(terse.enabled());
  }

  @Test
  void theCatalogIsOne() {
    StaticCatalog catalog =
        StaticCatalog.read(ConfigurationSource.text("docs/rules.md", example("- namespace: lab")));

    assertThat(catalog.find(new ByInstance("10.9.0.2"))).isInstanceOf(Found.class);
  }

  @Test
  void theBudgetsAreSome() {
    Rule rule =
        ConfigurationSource.text("docs/rules.md", example("policy:\n  budgets:"))
            .read(DocumentedRulesTest::rules)
            .settings()
            .all()
            .getFirst();

    assertThat(rule.budget().perHour()).contains(20);
  }

  private String example(String beginning) {
    return examples.stream().filter(text -> text.startsWith(beginning)).findFirst().orElseThrow();
  }

  private static Setting<Rules> rules(Section root) {
    Setting<Rules> rules = Rules.from(root);
    Setting<TriggerPolicy> policy = TriggerPolicy.from(root.section("policy"));
    return root.build(() -> {
      assertThat(policy.get().denied()).isEmpty();
      return rules.get();
    });
  }
}
