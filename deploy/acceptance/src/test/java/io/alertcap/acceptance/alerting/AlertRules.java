package io.alertcap.acceptance.alerting;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The rules of a file for Prometheus. */
record AlertRules(List<JsonNode> all) {

  private static final YAMLMapper YAML = new YAMLMapper();

  static AlertRules of(Path file) {
    Stream<JsonNode> groups = YAML.readTree(file.toFile()).get("groups").valueStream();
    return new AlertRules(groups.flatMap(group -> group.get("rules").valueStream()).toList());
  }

  List<String> alerts() {
    return all.stream().map(rule -> rule.get("alert").stringValue()).toList();
  }

  List<String> expressions() {
    return all.stream().map(rule -> rule.get("expr").stringValue()).toList();
  }
}
