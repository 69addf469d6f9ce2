package io.alertcap.schemas;

import io.alertcap.schemas.json.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change of a valid document.
 *
 * @param value put at that place; if absent, the place is removed
 */
record Mutation(JsonNode original, JsonPointer place, Optional<JsonNode> value) {

  /** Every place of a document but its root, with each of the values, and without any. */
  static Stream<Mutation> all(JsonNode document, List<JsonNode> values) {
    return places(document, JsonPointer.empty()).stream()
        .flatMap(place ->
            Stream.concat(Stream.of(Optional.<JsonNode>empty()), values.stream().map(Optional::of))
                .map(value -> new Mutation(document, place, value)));
  }

  private static List<JsonPointer> places(JsonNode node, JsonPointer here) {
    List<JsonPointer> places = new ArrayList<>();
    if (!here.matches()) {
      places.add(here);
    }
    node.forEachEntry((name, child) -> places.addAll(places(child, here.appendProperty(name))));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      places.addAll(places(node.get(i), here.appendIndex(i)));
    }
    return places;
  }

  JsonNode mutated() {
    JsonNode copy = original.deepCopy();
    JsonPointer last = place.last();
    switch (copy.at(place.head())) {
      case ObjectNode parent -> {
        parent.remove(last.getMatchingProperty());
        value.ifPresent(given -> parent.set(last.getMatchingProperty(), given));
      }
      case ArrayNode parent -> {
        parent.remove(last.getMatchingIndex());
        value.ifPresent(given -> parent.insert(last.getMatchingIndex(), given));
      }
      default -> throw new IllegalArgumentException(place.toString());
    }
    return copy;
  }

  Message message() {
    return switch (original.path("type").stringValue("")) {
      case "start", "stop" -> Message.COMMAND;
      case "" -> original.has("node") ? Message.NODE : Message.RECORD;
      case AccessEvent.TYPE -> Message.ACCESS;
      default -> Message.EVENT;
    };
  }

  Reading<?> read() {
    return message().read(mutated());
  }

  /** Whether the place may be missing, as the schema has it. */
  boolean ofOptional() {
    JsonNode without = new Mutation(original, place, Optional.empty()).mutated();
    return message().schemaErrors(without).isEmpty();
  }

  boolean at(String suffix) {
    return place.toString().endsWith(suffix);
  }

  boolean puts(String pattern) {
    return value.filter(v -> v.isString() && v.stringValue().matches(pattern)).isPresent();
  }

  /** As {@code Json.read} spells it. */
  String path() {
    return place.toString().substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.');
  }

  @Override
  public String toString() {
    return original.path("type").stringValue("record")
        + ": "
        + path()
        + " = "
        + value.map(JsonNode::toString).map(Mutation::abbreviated).orElse("(removed)");
  }

  private static String abbreviated(String text) {
    return text.length() < 80 ? text : text.substring(0, 20) + "… (" + text.length() + ")";
  }
}
