package io.alertcap.trigger;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.util.function.Function;

/**
 * A configuration that can be read again while the service runs.
 *
 * @param source as it was read at start
 * @param reader of the whole file, which may have sections of others
 */
public record ConfigFile(
    ConfigurationSource source, Function<Section, Setting<TriggerConfig>> reader) {

  /** A file of the trigger service's own. */
  public static ConfigFile of(ConfigurationSource source) {
    return new ConfigFile(source, TriggerConfig::from);
  }
}
