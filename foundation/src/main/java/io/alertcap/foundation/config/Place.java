package io.alertcap.foundation.config;

import java.util.Optional;

/** A path in the configuration, and where its value was given, or else where it would belong. */
record Place(Reading reading, String path, Location location) {

  Place child(String key) {
    return new Place(reading, path.isEmpty() ? key : path + "." + key, location);
  }

  Place element(int index) {
    return new Place(reading, path + "[" + index + "]", location);
  }

  Place at(int line) {
    return new Place(reading, path, reading.line(line));
  }

  /** What the environment says instead; nothing within a list, which has no names. */
  Optional<Field<String>> variable() {
    if (path.contains("[")) {
      return Optional.empty();
    }
    String name = Environment.variable(path);
    return reading.variable(name).map(text -> given(Location.variable(name), text));
  }

  /** What the program itself says where neither the environment nor the file does. */
  Optional<Field<String>> preset() {
    return reading.preset(path).map(text -> given(location, text));
  }

  private Field<String> given(Location where, String text) {
    return new Field<>(new Place(reading, path, where), new Found.Value<>(text));
  }

  void reject(String message) {
    reading.reject(new Problem(location, path, message));
  }

  void reject(IllegalArgumentException e) {
    String message = e.getMessage();
    reject(message == null ? "is not valid" : message);
  }
}
