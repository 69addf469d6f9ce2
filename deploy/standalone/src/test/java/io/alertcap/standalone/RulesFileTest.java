package io.alertcap.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.trigger.RulesFile;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code alertcap rules check} takes whatever the services take: here, where all of them are. */
class RulesFileTest {

  private static final String NOBODYS = "zzzzzzzzzz";

  @ParameterizedTest
  @ValueSource(strings = {"static", "kubernetes", "docker"})
  void knowsEveryKeyThatAServiceKnows(String catalog) {
    String file =
        """
        %1$s: 1
        policy: { %1$s: 1 }
        catalog: { type: %2$s, %1$s: 1 }
        """
            .formatted(NOBODYS, catalog);

    for (String section : List.of("", "policy.", "catalog.")) {
      assertThat(keysOf(section, file, RulesFile::from))
          .as(section)
          .containsAll(keysOf(section, file, StandaloneConfig::from));
    }
  }

  /** As the message about a key that nobody knows lists them. */
  private static <T> List<String> keysOf(
      String section, String file, Function<Section, Setting<T>> reader) {
    String beginning = section + NOBODYS + ": unknown key; known here: ";
    List<String> messages =
        catchThrowableOfType(
                InvalidConfiguration.class,
                () -> ConfigurationSource.text("config.yaml", file).read(reader))
            .problems()
            .stream()
            .filter(problem -> problem.contains(" " + beginning))
            .toList();
    assertThat(messages).hasSize(1);
    String keys = messages.getFirst();
    return List.of(keys.substring(keys.indexOf(beginning) + beginning.length()).split(", ", -1));
  }
}
