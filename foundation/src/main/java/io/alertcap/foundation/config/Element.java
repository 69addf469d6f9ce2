package io.alertcap.foundation.config;

import io.alertcap.foundation.config.Found.Broken;
import io.alertcap.foundation.config.Found.Nothing;
import io.alertcap.foundation.config.Found.Value;
import io.alertcap.foundation.config.YamlNode.Empty;
import io.alertcap.foundation.config.YamlNode.Mapping;
import io.alertcap.foundation.config.YamlNode.Scalar;
import io.alertcap.foundation.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What lies under a key or an index, before it is known to be a value, a list or a section. */
record Element(Place place, Found<YamlNode> found) {

  static Element of(Place place, YamlNode node) {
    return new Element(place, node instanceof Empty ? new Nothing<>() : new Value<>(node));
  }

  boolean isList() {
    return place.variable().isEmpty()
        && found instanceof Value<YamlNode>(YamlNode node)
        && node instanceof Sequence;
  }

  boolean isSection() {
    return place.variable().isEmpty()
        && found instanceof Value<YamlNode>(YamlNode node)
        && node instanceof Mapping;
  }

  /** A single value: of the environment, or of the file, or preset by the program. */
  Field<String> scalar() {
    return place
        .variable()
        .or(() -> found instanceof Nothing ? place.preset() : Optional.empty())
        .orElseGet(this::written);
  }

  /** As if empty where there is nothing. */
  Section section() {
    return new Section(
        place,
        switch (found) {
          case Nothing<YamlNode> nothing -> new Nothing<>();
          case Broken<YamlNode> broken -> new Broken<>();
          case Value<YamlNode>(Mapping mapping) -> new Value<>(mapping);
          case Value<YamlNode>(YamlNode other) -> mistaken("a section with keys", other);
        });
  }

  <T> Field<List<T>> list(Function<String, T> parser) {
    return elements(element -> element.scalar().<T>as(parser).required());
  }

  <T> Field<List<T>> sections(Function<Section, Setting<T>> reader) {
    return elements(element -> reader.apply(element.section()));
  }

  private <T> Field<List<T>> elements(Function<Element, Setting<T>> reader) {
    refuseVariable("a list");
    return new Field<>(
        place,
        switch (found) {
          case Nothing<YamlNode> nothing -> new Nothing<>();
          case Broken<YamlNode> broken -> new Broken<>();
          case Value<YamlNode>(Sequence list) -> elements(list, reader);
          case Value<YamlNode>(YamlNode other) -> mistaken("a list", other);
        });
  }

  private <T> Found<List<T>> elements(Sequence list, Function<Element, Setting<T>> reader) {
    List<Setting<T>> settings = new ArrayList<>();
    for (YamlNode node : list.elements()) {
      settings.add(reader.apply(of(place.element(settings.size()).at(node.line()), node)));
    }
    return settings.stream().allMatch(Setting::isUsable)
        ? new Value<>(settings.stream().map(Setting::get).toList())
        : new Broken<>();
  }

  Field<Map<String, String>> textMap() {
    refuseVariable("a section with keys of its own");
    return new Field<>(
        place,
        switch (found) {
          case Nothing<YamlNode> nothing -> new Nothing<>();
          case Broken<YamlNode> broken -> new Broken<>();
          case Value<YamlNode>(Mapping mapping) -> texts(mapping);
          case Value<YamlNode>(YamlNode other) -> mistaken("a section with keys", other);
        });
  }

  private Found<Map<String, String>> texts(Mapping mapping) {
    Map<String, Setting<String>> settings = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, entry) -> {
          Place child = place.child(key).at(entry.line());
          settings.put(key, of(child, entry.value()).written().required());
        });
    if (!settings.values().stream().allMatch(Setting::isUsable)) {
      return new Broken<>();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    settings.forEach((key, text) -> texts.put(key, text.get()));
    return new Value<>(Collections.unmodifiableMap(texts));
  }

  private Field<String> written() {
    return new Field<>(
        place,
        switch (found) {
          case Nothing<YamlNode> nothing -> new Nothing<>();
          case Broken<YamlNode> broken -> new Broken<>();
          case Value<YamlNode>(Scalar scalar) -> new Value<>(scalar.text());
          case Value<YamlNode>(YamlNode other) -> mistaken("a single value", other);
        });
  }

  private <T> Found<T> mistaken(String expected, YamlNode actual) {
    String kind =
        switch (actual) {
          case Empty empty -> "nothing";
          case Scalar scalar -> "a single value";
          case Sequence list -> "a list";
          case Mapping section -> "a section with keys";
        };
    place.reject("must be " + expected + ", not " + kind);
    return new Broken<>();
  }

  private void refuseVariable(String kind) {
    place
        .variable()
        .ifPresent(text -> text.place().reject("is " + kind + ", which no variable can set"));
  }
}
