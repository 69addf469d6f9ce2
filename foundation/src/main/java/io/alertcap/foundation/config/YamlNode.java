package io.alertcap.foundation.config;

import java.util.List;
import java.util.Map;

/** One value of the file, with the line it begins on, counted from 1. */
sealed interface YamlNode {

  int line();

  /** {@code key:} with nothing behind it, or {@code null}: as good as not written. */
  record Empty(int line) implements YamlNode {}

  /** A single value, as it is spelled: {@code 1.10} stays {@code 1.10}. */
  record Scalar(String text, int line) implements YamlNode {}

  record Sequence(List<YamlNode> elements, int line) implements YamlNode {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  record Mapping(Map<String, Entry> entries, int line) implements YamlNode {}

  /**
   * What a key stands for.
   *
   * @param line the line of the key, which may be above that of the value
   */
  record Entry(YamlNode value, int line) {}
}
