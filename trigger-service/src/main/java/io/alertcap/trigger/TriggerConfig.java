package io.alertcap.trigger;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.kafka.KafkaSettings;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.trigger.decision.RuleBook;
import io.alertcap.trigger.decision.TriggerPolicy;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.web.HttpSettings;

/** What a trigger service is told, one component for each section of its file. */
public record TriggerConfig(
    HttpSettings http,
    KafkaSettings kafka,
    S3Settings s3,
    CatalogConfig catalog,
    Rules rules,
    TriggerPolicy policy) {

  /** What may change while the service runs. */
  RuleBook ruleBook() {
    return new RuleBook(rules, policy);
  }

  /** Reads the sections of the whole file that are the trigger service's. */
  public static Setting<TriggerConfig> from(Section file) {
    Setting<HttpSettings> http = HttpSettings.from(file.section("http"));
    Setting<KafkaSettings> kafka = KafkaSettings.from(file.section("kafka"));
    Setting<S3Settings> s3 = S3Settings.from(file.section("s3"));
    Setting<CatalogConfig> catalog = CatalogConfig.from(file.section("catalog"));
    Setting<Rules> rules = Rules.from(file);
    Setting<TriggerPolicy> policy = TriggerPolicy.from(file.section("policy"));
    return file.build(() ->
        new TriggerConfig(
            http.get(), kafka.get(), s3.get(), catalog.get(), rules.get(), policy.get()));
  }
}
