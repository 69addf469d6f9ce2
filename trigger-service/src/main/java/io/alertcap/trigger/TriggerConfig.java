package io.alertcap.trigger;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.kafka.KafkaSettings;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.trigger.decision.TriggerPolicy;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.target.StaticCatalog;
import io.alertcap.trigger.target.TargetCatalog;
import io.alertcap.trigger.web.HttpSettings;
import java.nio.file.Path;

/**
 * What a trigger service is told, one component for each section of its file.
 *
 * @param catalog as read from the file that its section names
 */
public record TriggerConfig(
    HttpSettings http,
    KafkaSettings kafka,
    S3Settings s3,
    TargetCatalog catalog,
    Rules rules,
    TriggerPolicy policy) {

  private enum CatalogType {
    STATIC
  }

  /** Reads the sections of the whole file that are the trigger service's. */
  public static Setting<TriggerConfig> from(Section file) {
    Setting<HttpSettings> http = HttpSettings.from(file.section("http"));
    Setting<KafkaSettings> kafka = KafkaSettings.from(file.section("kafka"));
    Setting<S3Settings> s3 = S3Settings.from(file.section("s3"));
    Setting<TargetCatalog> catalog = catalog(file.section("catalog"));
    Setting<Rules> rules = Rules.from(file);
    Setting<TriggerPolicy> policy = TriggerPolicy.from(file.section("policy"));
    return file.build(() ->
        new TriggerConfig(
            http.get(), kafka.get(), s3.get(), catalog.get(), rules.get(), policy.get()));
  }

  private static Setting<TargetCatalog> catalog(Section catalog) {
    Setting<CatalogType> type = catalog.oneOf("type", CatalogType.class).required();
    Setting<TargetCatalog> list =
        catalog.path("file").<TargetCatalog>as(TriggerConfig::staticCatalog).required();
    return catalog.build(() ->
        switch (type.get()) {
          case STATIC -> list.get();
        });
  }

  private static TargetCatalog staticCatalog(Path file) {
    try {
      return StaticCatalog.read(ConfigurationSource.file(file));
    } catch (InvalidConfiguration e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
