package io.alertcap.trigger.rule;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DurationText;
import io.alertcap.schemas.InvalidField;
import io.alertcap.trigger.target.TargetSelection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * For which alerts to capture whose and which packets.
 *
 * @param name a DNS label; part of the id of every capture
 * @param enabled a rule that is not matches no alert
 * @param matchers at least one; an alert has to satisfy all of them
 * @param target whose packets
 * @param capture which packets
 * @param stopOnResolve whether an alert that is resolved ends those of its captures that still run
 * @param cooldown how long after one capture of a pod this rule starts no other of it
 * @param expireAfter how long after the decision a capture may still begin: packets of much later
 *     would tell about something else
 * @param budget of this rule's captures; what it does not limit, the policy may
 */
public record Rule(
    String name,
    boolean enabled,
    List<Matcher> matchers,
    TargetSelection target,
    CaptureSpec capture,
    boolean stopOnResolve,
    Duration cooldown,
    Duration expireAfter,
    Budget budget) {

  /** What captures without an alert are recorded under. */
  public static final String MANUAL = "manual";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Events, from which past captures are known, are kept that long. */
  private static final Duration MAX_COOLDOWN = Duration.ofDays(30);

  private static final Duration MIN_EXPIRE_AFTER = Duration.ofSeconds(1);

  /** Commands are kept that long. */
  private static final Duration MAX_EXPIRE_AFTER = Duration.ofDays(1);

  public Rule {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidField("name", "must be a DNS label: a-z, 0-9 and '-', at most 63 of them");
    }
    if (name.equals(MANUAL)) {
      throw new InvalidField("name", "must not be \"manual\", the name of captures by hand");
    }
    matchers = List.copyOf(matchers);
    if (matchers.isEmpty()) {
      throw new InvalidField(
          "match", "must have at least one matcher; alertname!=\"\" takes every alert");
    }
    checkCooldown(cooldown);
    checkExpireAfter(expireAfter);
  }

  static void checkCooldown(Duration cooldown) {
    within(cooldown, Duration.ZERO, MAX_COOLDOWN, "cooldown");
  }

  static void checkExpireAfter(Duration expireAfter) {
    within(expireAfter, MIN_EXPIRE_AFTER, MAX_EXPIRE_AFTER, "expireAfter");
  }

  private static void within(Duration value, Duration least, Duration most, String field) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new InvalidField(
          field, "must be from " + DurationText.format(least) + " to " + DurationText.format(most));
    }
  }

  /** The first matcher that does not accept this alert; none if it is for that alert. */
  public Optional<Matcher> objection(Alert alert) {
    return matchers.stream().filter(matcher -> !matcher.matches(alert.labels())).findFirst();
  }

  /** Whether this rule is for that alert. */
  public boolean matches(Alert alert) {
    return enabled && objection(alert).isEmpty();
  }
}
