package io.alertcap.trigger.rule;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Direction;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.trigger.target.TargetSelection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One element of {@code rules}, and what it means where it says nothing. */
final class RuleSection {

  private static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(15);
  private static final Duration DEFAULT_EXPIRE_AFTER = Duration.ofMinutes(2);
  private static final Duration DEFAULT_DURATION = Duration.ofSeconds(60);
  private static final DataSize DEFAULT_MAX_BYTES = DataSize.ofMebibytes(100);

  private RuleSection() {}

  /**
   * Reads a rule.
   *
   * @param names of the rules above, to which this one's is added
   */
  static Setting<Rule> read(Section rule, Set<String> names) {
    Setting<String> name =
        rule.text("name")
            .check(text -> !names.contains(text), "is the name of another rule above")
            .required();
    Setting<Boolean> enabled = rule.bool("enabled").orElse(true);
    Setting<List<Matcher>> matchers =
        rule.list("match", Matcher::parse).as(RuleSection::joined).required();
    Setting<TargetSelection> target = TargetSelection.from(rule.section("target"));
    Setting<CaptureSpec> capture = capture(rule.section("capture"));
    Setting<Boolean> stopOnResolve = rule.bool("stopOnResolve").orElse(false);
    Setting<Duration> cooldown = rule.duration("cooldown").orElse(DEFAULT_COOLDOWN);
    Setting<Duration> expireAfter = rule.duration("expireAfter").orElse(DEFAULT_EXPIRE_AFTER);
    Setting<Budget> budget = Budget.from(rule.section("budget"));
    return rule.build(() -> {
      names.add(name.get());
      return new Rule(
          name.get(),
          enabled.get(),
          matchers.get(),
          target.get(),
          capture.get(),
          stopOnResolve.get(),
          cooldown.get(),
          expireAfter.get(),
          budget.get());
    });
  }

  private static List<Matcher> joined(List<List<Matcher>> lists) {
    return lists.stream().flatMap(Collection::stream).toList();
  }

  private static Setting<CaptureSpec> capture(Section capture) {
    Setting<String> filter = capture.text("filter").orElse("");
    Setting<String> networkInterface = capture.text("interface").orElse("auto");
    Setting<Duration> duration = capture.duration("duration").orElse(DEFAULT_DURATION);
    Setting<DataSize> maxBytes = capture.size("maxBytes").orElse(DEFAULT_MAX_BYTES);
    Setting<Long> maxPackets = capture.number("maxPackets").orElse(0L);
    Setting<Integer> snaplen = capture.integer("snaplen").orElse(CaptureSpec.MAX_SNAPLEN);
    Setting<Optional<Direction>> direction = capture.oneOf("direction", Direction.class).optional();
    Setting<Optional<DataSize>> buffer = capture.size("buffer").optional();
    Setting<Optional<PayloadProfile>> payload =
        capture.oneOf("payload", PayloadProfile.class).optional();
    return capture.build(() ->
        new CaptureSpec(
            filter.get(),
            networkInterface.get(),
            duration.get(),
            maxBytes.get(),
            maxPackets.get(),
            snaplen.get(),
            direction.get(),
            buffer.get(),
            payload.get()));
  }
}
