package io.alertcap.schemas;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The descriptions of interfaces, as trees. */
final class Yaml {

  private static final YAMLMapper MAPPER = new YAMLMapper();

  private Yaml() {}

  static JsonNode tree(String resource) {
    return MAPPER.readTree(Message.text(resource));
  }

  /** Every {@code $ref} below a node. */
  static List<String> references(JsonNode node) {
    Stream<String> own =
        node.path("$ref").isString() ? Stream.of(node.get("$ref").stringValue()) : Stream.empty();
    return Stream.concat(own, node.valueStream().flatMap(child -> references(child).stream()))
        .distinct()
        .toList();
  }

  /** What a reference within a document, or to a file beside it, leads to; perhaps nothing. */
  static JsonNode target(JsonNode document, String reference) {
    int hash = reference.indexOf('#');
    String file = reference.substring(0, hash).replaceFirst("^\\./", "");
    JsonNode root = file.isEmpty() ? document : Message.tree(file);
    return root.at(reference.substring(hash + 1));
  }
}
