package io.alertcap.trigger.rule;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Direction;
import io.alertcap.schemas.FilterText;
import io.alertcap.schemas.PayloadProfile;
import java.time.Duration;
import java.util.Optional;

/** What every rule means where it says nothing itself: the section {@code ruleDefaults}. */
record RuleDefaults(
    CaptureSpec capture, boolean stopOnResolve, Duration cooldown, Duration expireAfter) {

  /** What holds where the configuration says nothing. */
  static final RuleDefaults STANDARD =
      new RuleDefaults(
          new CaptureSpec(
              "",
              "auto",
              Duration.ofSeconds(60),
              DataSize.ofMebibytes(100),
              0,
              CaptureSpec.MAX_SNAPLEN),
          false,
          Duration.ofMinutes(15),
          Duration.ofMinutes(2));

  RuleDefaults {
    Rule.checkCooldown(cooldown);
    Rule.checkExpireAfter(expireAfter);
  }

  static Setting<RuleDefaults> from(Section defaults) {
    Setting<CaptureSpec> capture = capture(defaults.section("capture"), STANDARD.capture);
    Setting<Boolean> stopOnResolve = defaults.bool("stopOnResolve").orElse(STANDARD.stopOnResolve);
    Setting<Duration> cooldown = defaults.duration("cooldown").orElse(STANDARD.cooldown);
    Setting<Duration> expireAfter = defaults.duration("expireAfter").orElse(STANDARD.expireAfter);
    return defaults.build(() ->
        new RuleDefaults(capture.get(), stopOnResolve.get(), cooldown.get(), expireAfter.get()));
  }

  /** Reads what to capture, and takes from the standard what a section leaves out. */
  static Setting<CaptureSpec> capture(Section capture, CaptureSpec standard) {
    Setting<String> filter = capture.text("filter").orElse(standard.filter());
    Setting<String> networkInterface =
        capture.text("interface").orElse(standard.networkInterface());
    Setting<Duration> duration = capture.duration("duration").orElse(standard.duration());
    Setting<DataSize> maxBytes = capture.size("maxBytes").orElse(standard.maxBytes());
    Setting<Long> maxPackets = capture.number("maxPackets").orElse(standard.maxPackets());
    Setting<Integer> snaplen = capture.integer("snaplen").orElse(standard.snaplen());
    Setting<Optional<Direction>> direction = capture.oneOf("direction", Direction.class).optional();
    Setting<Optional<DataSize>> buffer = capture.size("buffer").optional();
    Setting<Optional<PayloadProfile>> payload =
        capture.oneOf("payload", PayloadProfile.class).optional();
    return capture.build(() ->
        new CaptureSpec(
            FilterText.checked(filter.get()),
            networkInterface.get(),
            duration.get(),
            maxBytes.get(),
            maxPackets.get(),
            snaplen.get(),
            direction.get().or(standard::direction),
            buffer.get().or(standard::buffer),
            payload.get().or(standard::payload)));
  }
}
