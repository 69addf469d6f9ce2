package io.alertcap.standalone;

import io.alertcap.capturer.CapturerConfig;
import io.alertcap.capturer.web.HttpSettings;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.trigger.TriggerConfig;

/**
 * One file for everything. Each service reads it as if it were its own; the section {@code http} is
 * the trigger service's, and the capturer listens where {@code standalone} says.
 */
record StandaloneConfig(
    StandaloneSettings standalone, TriggerConfig trigger, CapturerConfig capturer) {

  private static final String LOOPBACK = "127.0.0.1";

  static Setting<StandaloneConfig> from(Section file) {
    Setting<StandaloneSettings> standalone = StandaloneSettings.from(file.section("standalone"));
    Setting<TriggerConfig> trigger = TriggerConfig.from(file);
    Setting<CapturerConfig> capturer = CapturerConfig.from(file);
    return file.build(() ->
        new StandaloneConfig(
            standalone.get(),
            trigger.get(),
            capturer
                .get()
                .withHttp(new HttpSettings(LOOPBACK, standalone.get().capturerHttpPort()))));
  }

  /** The whole file is read, and so is what is wrong with any of it found. */
  static Setting<TriggerConfig> triggerFrom(Section file) {
    Setting<StandaloneConfig> all = from(file);
    return file.build(() -> all.get().trigger());
  }
}
