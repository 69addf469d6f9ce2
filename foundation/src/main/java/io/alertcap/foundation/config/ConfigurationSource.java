package io.alertcap.foundation.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the configuration comes from: {@code file(path).overriddenBy(System.getenv())
 * .read(CapturerSettings::from)}.
 *
 * <p>A value is that of the environment variable named from its path ({@code
 * ALERTCAP_KAFKA_BOOTSTRAP_SERVERS} for {@code kafka.bootstrapServers}), else that of the file,
 * else the program's own preset.
 */
public final class ConfigurationSource {

  private final String name;
  private final byte[] yaml;
  private final Optional<Path> file;
  private final Map<String, String> environment;
  private final Map<String, String> presets;

  private ConfigurationSource(
      String name,
      byte[] yaml,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> presets) {
    this.name = name;
    this.yaml = yaml;
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.presets = Map.copyOf(presets);
  }

  /**
   * Reads the file, at most 1 MiB of it.
   *
   * @throws InvalidConfiguration if it cannot be read
   */
  public static ConfigurationSource file(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] yaml = in.readNBytes(YamlParser.MAX_BYTES + 1);
      return new ConfigurationSource(file.toString(), yaml, Optional.of(file), Map.of(), Map.of());
    } catch (IOException e) {
      throw new InvalidConfiguration(file.toString(), List.of(Unreadable.because(file, e)));
    }
  }

  /**
   * A configuration that is no file.
   *
   * @param name what errors call it
   */
  public static ConfigurationSource text(String name, String yaml) {
    return new ConfigurationSource(
        name, yaml.getBytes(StandardCharsets.UTF_8), Optional.empty(), Map.of(), Map.of());
  }

  /**
   * The same, with the last word left to the environment.
   *
   * @param environment all of it: variables that do not begin with {@code ALERTCAP_} are left alone
   */
  public ConfigurationSource overriddenBy(Map<String, String> environment) {
    return new ConfigurationSource(name, yaml, file, environment, presets);
  }

  /**
   * The same, as its file stands now; one that is no file is as it was.
   *
   * @throws InvalidConfiguration if the file cannot be read
   */
  public ConfigurationSource again() {
    return file.map(ConfigurationSource::file)
        .orElse(this)
        .overriddenBy(environment)
        .withPresets(presets);
  }

  /** Whether the file, or text, is the same to the byte. */
  public boolean hasTextOf(ConfigurationSource other) {
    return Arrays.equals(yaml, other.yaml);
  }

  /**
   * The same, with values for what is given nowhere else.
   *
   * @param presets single values by their paths, for a program that can answer what it would
   *     otherwise have to ask the user
   */
  public ConfigurationSource withPresets(Map<String, String> presets) {
    return new ConfigurationSource(name, yaml, file, environment, presets);
  }

  /**
   * Reads and checks everything.
   *
   * @param reader makes the settings of the section that is the whole file
   * @throws InvalidConfiguration naming every error, if there is any
   */
  public <T> Loaded<T> read(Function<Section, Setting<T>> reader) {
    return readAll(
        top -> reader.apply(new Section(top, new Found.Value<>(YamlParser.parse(yaml)))));
  }

  /**
   * Reads and checks everything of a file that is a list.
   *
   * @param reader makes the settings of one element of the list
   * @throws InvalidConfiguration naming every error, if there is any
   */
  public <T> Loaded<List<T>> readList(Function<Section, Setting<T>> reader) {
    return readAll(
        top -> Element.of(top, YamlParser.parseList(yaml)).sections(reader).orElse(List.of()));
  }

  private <T> Loaded<T> readAll(Function<Place, Setting<T>> reader) {
    Reading reading = new Reading(name, new Environment(environment), presets);
    Place top = new Place(reading, "", reading.line(0));
    Setting<T> settings;
    try {
      settings = reader.apply(top);
    } catch (Malformed e) {
      Problem problem = new Problem(top.at(e.line()).location(), "", e.problem());
      throw new InvalidConfiguration(name, List.of(problem.toString()));
    }
    reading.rejectUnknownKeys();
    List<String> problems = reading.problems();
    if (!problems.isEmpty()) {
      throw new InvalidConfiguration(name, problems);
    }
    return new Loaded<>(settings.get(), reading.warnings());
  }
}
