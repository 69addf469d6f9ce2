package io.alertcap.trigger;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.kafka.KafkaSettings;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.foundation.signature.SigningKey;
import io.alertcap.trigger.decision.RuleBook;
import io.alertcap.trigger.decision.TriggerPolicy;
import io.alertcap.trigger.record.RecordSettings;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.web.HttpSettings;
import java.util.Optional;

/**
 * What a trigger service is told, one component for each section of its file.
 *
 * @param signing what commands are signed with, if they are; {@code kafka.commandSigningKey}
 */
public record TriggerConfig(
    HttpSettings http,
    KafkaSettings kafka,
    Optional<SigningKey> signing,
    S3Settings s3,
    RecordSettings record,
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
    Setting<Optional<SigningKey>> signing =
        file.section("kafka").secret("commandSigningKey").as(SigningKey::of).optional();
    Setting<S3Settings> s3 = S3Settings.from(file.section("s3"));
    Setting<RecordSettings> record = RecordSettings.from(file.section("record"));
    Setting<CatalogConfig> catalog = CatalogConfig.from(file.section("catalog"));
    Setting<Rules> rules = Rules.from(file);
    Setting<TriggerPolicy> policy = TriggerPolicy.from(file.section("policy"));
    return file.build(() ->
        new TriggerConfig(
            http.get(),
            kafka.get(),
            signing.get(),
            s3.get(),
            record.get(),
            catalog.get(),
            rules.get(),
            policy.get()));
  }
}
