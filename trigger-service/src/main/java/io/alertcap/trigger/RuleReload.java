package io.alertcap.trigger;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Loaded;
import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.health.RecurringTasks;
import io.alertcap.trigger.decision.RuleBook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rules and the policy as the configuration file has them. The file is looked at again
 * and again: a ConfigMap is changed by swapping a symbolic link, which watching the file itself
 * does not see. A file that changes is taken once it has stood still from one look to the next, so
 * that none is taken half-written. One with an error is refused, and the rules from before stay.
 */
final class RuleReload implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RuleReload.class);

  static final Duration INTERVAL = Duration.ofSeconds(2);

  private final ConfigFile file;
  private final TriggerConfig started;
  private final Readiness readiness;
  private final Counter accepted;
  private final Counter refused;
  private final RecurringTasks thread;

  private volatile RuleBook current;
  private volatile boolean successful = true;

  /** What was taken or refused last; guarded by {@code this}, as is {@link #candidate}. */
  private Optional<ConfigurationSource> seen;

  /** What the file held at the last look, if that was something new. */
  private Optional<ConfigurationSource> candidate = Optional.empty();

  private RuleReload(ConfigFile file, TriggerConfig started, Health health, MeterRegistry meters) {
    this.file = file;
    this.started = started;
    this.readiness = health.readiness("rules");
    this.thread = health.recurring("rule-reload");
    this.current = started.ruleBook();
    this.seen = Optional.of(file.source());
    this.accepted = counter("accepted", meters);
    this.refused = counter("refused", meters);
    Gauge.builder("alertcap.rules", this, reload -> reload.current.rules().all().size())
        .description("Rules in use, those that are not enabled among them")
        .register(meters);
    Gauge.builder("alertcap.rules.last.reload.successful", this, r -> r.successful ? 1 : 0)
        .description("0 where the file as it stands was refused, and the rules before it are used")
        .register(meters);
    readiness.ready();
  }

  /** Begins to look, every {@code interval}. */
  static RuleReload start(
      ConfigFile file,
      TriggerConfig started,
      Health health,
      MeterRegistry meters,
      Duration interval) {
    RuleReload reload = new RuleReload(file, started, health, meters);
    reload.thread.every(interval, interval, reload::look);
    return reload;
  }

  RuleBook current() {
    return current;
  }

  /** Takes the file as it stands now, changed or not; blocks while it is read. */
  synchronized void now() {
    try {
      take(file.source().again());
    } catch (InvalidConfiguration e) {
      refuse(e);
    }
  }

  @Override
  public void close() {
    thread.close();
  }

  /** A file that is not there counts as empty: it is refused once that has stood for two looks. */
  private synchronized void look() {
    ConfigurationSource found;
    try {
      found = file.source().again();
    } catch (InvalidConfiguration e) {
      found = ConfigurationSource.text(e.problems().getFirst(), "");
    }
    if (seen.filter(found::hasTextOf).isPresent()) {
      candidate = Optional.empty();
    } else if (candidate.filter(found::hasTextOf).isPresent()) {
      take(found);
    } else {
      candidate = Optional.of(found);
    }
  }

  private void take(ConfigurationSource source) {
    seen = Optional.of(source);
    candidate = Optional.empty();
    try {
      Loaded<TriggerConfig> loaded = source.read(file.reader());
      loaded.warnings().forEach(log::warn);
      TriggerConfig config = loaded.settings();
      current = config.ruleBook();
      successful = true;
      accepted.increment();
      readiness.ready();
      log.info("Reloaded {} rules and the policy", config.rules().all().size());
      List<String> others = differences(config);
      if (!others.isEmpty()) {
        log.warn("Changed, but taken only by a restart: {}", String.join(", ", others));
      }
    } catch (InvalidConfiguration e) {
      refuse(e);
    }
  }

  private void refuse(InvalidConfiguration e) {
    successful = false;
    refused.increment();
    log.error("Reload rejected; the previous rules stay in use: {}", e.getMessage());
    readiness.readyBut(
        "the changed configuration is refused (%d errors, see the log); the rules before it are used"
            .formatted(e.problems().size()));
  }

  private List<String> differences(TriggerConfig config) {
    List<String> sections = new ArrayList<>();
    if (!config.http().equals(started.http())) {
      sections.add("http");
    }
    if (!config.kafka().equals(started.kafka())) {
      sections.add("kafka");
    }
    if (!config.s3().equals(started.s3())) {
      sections.add("s3");
    }
    return sections;
  }

  private static Counter counter(String result, MeterRegistry meters) {
    return Counter.builder("alertcap.rules.reloads")
        .description("Changes of the configuration file, and requests to read it again")
        .tag("result", result)
        .register(meters);
  }
}
