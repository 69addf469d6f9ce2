package io.alertcap.foundation.config;

import io.alertcap.foundation.config.Found.Nothing;
import io.alertcap.foundation.config.Found.Value;
import io.alertcap.foundation.config.YamlNode.Entry;
import io.alertcap.foundation.config.YamlNode.Mapping;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.DurationText;
import io.alertcap.schemas.InvalidField;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keys and their values: {@code kafka: …}, one of {@code rules}, or the whole file. Settings are
 * read first, and a record is built from them at the end, if all of them are usable:
 *
 * {@snippet :
 * Setting<List<HostPort>> servers = kafka.hostPorts("bootstrapServers").required();
 * Setting<Duration> patience = kafka.duration("timeout").atLeast(ofMillis(1)).orElse(ofSeconds(3));
 * return kafka.build(() -> new KafkaSettings(servers.get(), patience.get()));
 * }
 *
 * <p>Asking for a key makes it known; keys in the file that nobody asked for are errors. A single
 * value can be overridden by the environment variable of its path, except within a list.
 */
public final class Section {

  private final Place place;
  private final Found<Mapping> found;

  Section(Place place, Found<Mapping> found) {
    this.place = place;
    this.found = found;
  }

  /** The value as it is spelled. */
  public Field<String> text(String key) {
    return element(key).scalar();
  }

  /** {@code true} or {@code false}. */
  public Field<Boolean> bool(String key) {
    return text(key).as(Scalars::bool);
  }

  public OrderedField<Integer> integer(String key) {
    return text(key).ordered(Scalars::integer, String::valueOf);
  }

  public OrderedField<Long> number(String key) {
    return text(key).ordered(Scalars::number, String::valueOf);
  }

  /** {@code 0.05}; not a number is none. */
  public OrderedField<Double> decimal(String key) {
    return text(key).ordered(Scalars::decimal, String::valueOf);
  }

  /** {@code 60s}, {@code 1m30s}, {@code 500ms}. */
  public OrderedField<Duration> duration(String key) {
    return text(key).ordered(DurationText::parse, DurationText::format);
  }

  /** {@code 100MiB}. */
  public OrderedField<DataSize> size(String key) {
    return text(key).ordered(DataSize::parse, DataSize::toString);
  }

  /** One of the constants, in lower or upper case, its words joined by {@code -} or {@code _}. */
  public <E extends Enum<E>> Field<E> oneOf(String key, Class<E> constants) {
    return text(key).as(text -> Scalars.constant(constants, text));
  }

  /** Relative to the directory that the service was started in. */
  public Field<Path> path(String key) {
    return text(key).as(Scalars::path);
  }

  /** An absolute URI. */
  public Field<URI> uri(String key) {
    return text(key).as(Scalars::uri);
  }

  /** {@code host:port}, several separated by commas, or as a list. */
  public Field<List<HostPort>> hostPorts(String key) {
    Element element = element(key);
    return element.isList()
        ? element.list(HostPort::parse)
        : element.scalar().as(HostPort::parseAll);
  }

  /** A value that is never shown; {@code keyFile} names a file that holds it. */
  public Field<Secret> secret(String key) {
    Field<Secret> written = text(key).as(Secret::new);
    Field<Secret> kept = path(key + "File").as(Scalars::secret);
    return written.orInstead(kept);
  }

  public Field<List<String>> texts(String key) {
    return list(key, Function.identity());
  }

  /**
   * A list of single values.
   *
   * @param parser may throw {@link IllegalArgumentException}, whose message becomes an error at the
   *     element's line
   */
  public <T> Field<List<T>> list(String key, Function<String, T> parser) {
    return element(key).list(parser);
  }

  /** A list of sections, each read by the same reader. */
  public <T> Field<List<T>> sections(String key, Function<Section, Setting<T>> reader) {
    return element(key).sections(reader);
  }

  /** Keys of the user's choice, each with a single value, in the order of the file. */
  public Field<Map<String, String>> textMap(String key) {
    return element(key).textMap();
  }

  /** The section under this key; as if empty where there is none. */
  public Section section(String key) {
    return element(key).section();
  }

  /** Whether a section with keys is given here, where a single value would do as well. */
  public boolean isSection(String key) {
    return element(key).isSection();
  }

  /** Makes keys known that are somebody else's to read. */
  public void leaveToOthers(String... keys) {
    for (String key : keys) {
      element(key);
    }
  }

  /**
   * Builds from settings what is made of them. Nothing is built where a setting is unusable: the
   * supplier is left at its first {@link Setting#get}.
   *
   * @param construction may throw {@link InvalidField}, which becomes an error of the key of that
   *     name, or any other {@link IllegalArgumentException}, which becomes one of this section
   */
  public <T> Setting<T> build(Supplier<T> construction) {
    try {
      return Setting.usable(place, construction.get());
    } catch (Setting.Unusable alreadyNoted) {
      return Setting.unusable(place);
    } catch (InvalidField e) {
      element(e.field()).place().reject(e);
      return Setting.unusable(place);
    } catch (IllegalArgumentException e) {
      place.reject(e);
      return Setting.unusable(place);
    }
  }

  /** Notes an error of the section as a whole, at its line. */
  public void reject(String message) {
    place.reject(message);
  }

  private Element element(String key) {
    Place child = place.child(key);
    if (!(found instanceof Value<Mapping>(Mapping mapping))) {
      return new Element(child, found instanceof Nothing ? new Nothing<>() : new Found.Broken<>());
    }
    place.reading().ask(place.path(), mapping, key);
    Entry entry = mapping.entries().get(key);
    return entry == null
        ? new Element(child, new Nothing<>())
        : Element.of(child.at(entry.line()), entry.value());
  }
}
