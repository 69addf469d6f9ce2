package io.alertcap.foundation.config;

import static io.alertcap.foundation.config.ConfigurationSource.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.schemas.InvalidField;
import org.junit.jupiter.api.Test;

/** Sections that several readers share, and errors that are found after reading. */
class SharedSectionsTest {

  @Test
  void twoReadersOfOneSectionShareItsKeys() {
    ConfigurationSource source = text("config.yaml", "policy: { a: 1, b: 2, c: 3 }\nspool: {}");

    InvalidConfiguration invalid =
        catchThrowableOfType(
            InvalidConfiguration.class,
            () ->
                source.read(root -> {
                  root.leaveToOthers("spool");
                  Setting<String> one = root.section("policy").text("a").required();
                  Setting<String> two = root.section("policy").text("b").required();
                  return root.build(() -> one.get() + two.get());
                }));

    assertThat(invalid.problems())
        .containsExactly("config.yaml:1: policy.c: unknown key; did you mean \"a\"?");
  }

  @Test
  void notesErrorsThatAreFoundLater() {
    ConfigurationSource source = text("config.yaml", "low: 5\n\nhigh: 3\nrange:\n  of: x\n");

    InvalidConfiguration invalid =
        catchThrowableOfType(
            InvalidConfiguration.class,
            () ->
                source.read(root -> {
                  Setting<Integer> low = root.integer("low").required();
                  Setting<Integer> high = root.integer("high").required();
                  Section range = root.section("range");
                  range.leaveToOthers("of");
                  range.reject("is not needed");
                  return root.build(() -> {
                    if (high.get() < low.get()) {
                      high.reject("must not be below low");
                    }
                    return low.get();
                  });
                }));

    assertThat(invalid.problems())
        .containsExactly(
            "config.yaml:3: high: must not be below low", "config.yaml:4: range: is not needed");
  }

  @Test
  void whatARecordRefusesIsAnErrorOfThatKey() {
    ConfigurationSource source = text("config.yaml", "a: 1\nnode:\n  name: x\n  end: never\n");

    assertThat(
            catchThrowableOfType(
                    InvalidConfiguration.class,
                    () ->
                        source.read(root -> {
                          Section node = root.section("node");
                          Setting<String> name = node.text("name").required();
                          Setting<String> end = node.text("end").required();
                          root.leaveToOthers("a");
                          return node.<String>build(() -> {
                            throw new InvalidField("end", name.get() + " not " + end.get());
                          });
                        }))
                .problems())
        .containsExactly("config.yaml:4: node.end: x not never");
  }
}
