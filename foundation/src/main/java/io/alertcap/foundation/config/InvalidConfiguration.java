package io.alertcap.foundation.config;

import java.util.List;

/**
 * The configuration cannot be used. The message is meant for the one who wrote it: every error on a
 * line of its own, each with the place and the path of the value.
 */
public final class InvalidConfiguration extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidConfiguration(String name, List<String> problems) {
    super(
        "%s: %d %s:%n  %s"
            .formatted(
                name,
                problems.size(),
                problems.size() == 1 ? "error" : "errors",
                String.join(System.lineSeparator() + "  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /**
   * Such as {@code config.yaml:12: kafka.bootstrapServers: is missing}, in the order of the file.
   */
  public List<String> problems() {
    return problems;
  }
}
