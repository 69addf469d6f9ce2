package io.alertcap.trigger;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.trigger.decision.RuleBook;
import io.alertcap.trigger.decision.TriggerPolicy;
import io.alertcap.trigger.rule.Rules;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a configuration says about rules, whether it is the trigger service's or one for everything.
 * All else in it is somebody else's to read, but for keys that nobody knows.
 *
 * @param pods the file of a static catalog
 */
public record RulesFile(RuleBook ruleBook, Optional<Path> pods) {

  private static final String[] OTHER_SECTIONS = {
    "http", "kafka", "s3", "record", "standalone", "node", "capture", "spool", "names"
  };

  private static final String[] CATALOG = {
    "type", "kubeconfig", "context", "namespaces", "events", "socket", "node", "refresh"
  };

  /**
   * Of the node capturers; it shares the section {@code policy} where one file is for everything.
   */
  private static final String[] POLICY_OF_NODES = {
    "allowHostNetwork",
    "allowPid",
    "netnsDirectories",
    "requireKnownPod",
    "commandKeys",
    "maxConcurrent",
    "maxBytesPerHour",
    "maxDuration",
    "maxFileSize",
    "maxBuffer",
    "maxBufferTotal",
    "payload",
    "headersOnlyNamespaces"
  };

  /** Reads a whole file. */
  public static Setting<RulesFile> from(Section file) {
    Setting<Rules> rules = Rules.from(file);
    Section policySection = file.section("policy");
    Setting<TriggerPolicy> policy = TriggerPolicy.from(policySection);
    policySection.leaveToOthers(POLICY_OF_NODES);
    Section catalog = file.section("catalog");
    Setting<Optional<Path>> pods = catalog.path("file").optional();
    catalog.leaveToOthers(CATALOG);
    file.leaveToOthers(OTHER_SECTIONS);
    return file.build(() -> new RulesFile(new RuleBook(rules.get(), policy.get()), pods.get()));
  }
}
