package io.alertcap.foundation.config;

import io.alertcap.foundation.config.YamlNode.Empty;
import io.alertcap.foundation.config.YamlNode.Entry;
import io.alertcap.foundation.config.YamlNode.Mapping;
import io.alertcap.foundation.config.YamlNode.Scalar;
import io.alertcap.foundation.config.YamlNode.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the tree of {@link YamlNode}s from the parser's events rather than from its nodes: so
 * depth, size and aliases are limited while reading, whatever the file holds.
 */
final class YamlParser {

  /** A thousand rules fit many times over. */
  static final int MAX_BYTES = 1 << 20;

  static final int MAX_DEPTH = 32;

  /** Counted with every alias written out, so that a few lines cannot stand for billions. */
  static final int MAX_VALUES = 100_000;

  private static final Set<String> WORDS_FOR_NOTHING = Set.of("", "~", "null", "Null", "NULL");

  private record Built(YamlNode node, long values) {}

  private final Iterator<Event> events;
  private final Map<Anchor, Built> anchors = new HashMap<>();

  private YamlParser(Iterator<Event> events) {
    this.events = events;
  }

  /**
   * The mapping at the top of the file; empty for an empty file.
   *
   * @throws Malformed if this is not one YAML mapping in UTF-8, within the limits
   */
  static Mapping parse(byte[] yaml) {
    return switch (root(yaml)) {
      case Mapping mapping -> mapping;
      case Empty empty -> new Mapping(Map.of(), empty.line());
      case Scalar other -> throw new Malformed(other.line(), "holds no keys, only a value");
      case Sequence other -> throw new Malformed(other.line(), "holds no keys, only a list");
    };
  }

  /**
   * The list at the top of the file; empty for an empty file.
   *
   * @throws Malformed if this is not one YAML list in UTF-8, within the limits
   */
  static Sequence parseList(byte[] yaml) {
    return switch (root(yaml)) {
      case Sequence list -> list;
      case Empty empty -> new Sequence(List.of(), empty.line());
      case Scalar other -> throw new Malformed(other.line(), "holds a value, not a list");
      case Mapping other -> throw new Malformed(other.line(), "holds keys, not a list");
    };
  }

  private static YamlNode root(byte[] yaml) {
    if (yaml.length > MAX_BYTES) {
      throw new Malformed(0, "is larger than 1 MiB, the most a configuration may be");
    }
    String text = decode(yaml);
    try {
      Parse parse = new Parse(LoadSettings.builder().build());
      return new YamlParser(parse.parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException e) {
      throw new Malformed(e.getProblemMark().map(YamlParser::line).orElse(0), notYaml(e), e);
    } catch (ReaderException e) {
      int line = lineOf(text, e.getPosition());
      throw new Malformed(line, "holds a control character, which YAML does not allow", e);
    } catch (YamlEngineException e) {
      throw new Malformed(0, "is not valid YAML: " + e.getMessage(), e);
    }
  }

  private static String notYaml(MarkedYamlEngineException e) {
    String context = Optional.ofNullable(e.getContext()).map(c -> " " + c + ",").orElse("");
    return "is not valid YAML:" + context + " " + e.getProblem();
  }

  private static String decode(byte[] yaml) {
    ByteBuffer bytes = ByteBuffer.wrap(yaml);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      String before = new String(yaml, 0, bytes.position(), StandardCharsets.ISO_8859_1);
      throw new Malformed(lineOf(before, before.length()), "is not UTF-8 text", e);
    }
  }

  private static int lineOf(String text, int position) {
    return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static int line(Event event) {
    return event.getStartMark().map(YamlParser::line).orElse(0);
  }

  private YamlNode document() {
    YamlNode root = new Empty(1);
    boolean read = false;
    while (events.hasNext()) {
      Event event = events.next();
      if (!(event instanceof NodeEvent)) {
        continue;
      }
      if (read) {
        throw new Malformed(line(event), "holds a second document; one file, one configuration");
      }
      read = true;
      root = node(event, 0).node();
    }
    return root;
  }

  private Built node(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return anchored(alias);
    }
    Built built =
        switch (event) {
          case ScalarEvent scalar -> new Built(scalar(scalar), 1);
          case CollectionStartEvent start -> collection(start, depth + 1);
          default -> throw new Malformed(line(event), "is not valid YAML here");
        };
    if (built.values() > MAX_VALUES) {
      throw new Malformed(
          line(event),
          "stands for more than " + MAX_VALUES + " values once its aliases are written out");
    }
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, built));
    return built;
  }

  private Built anchored(AliasEvent alias) {
    Built built = anchors.get(alias.getAlias());
    if (built == null) {
      String name = alias.getAlias().getValue();
      throw new Malformed(
          line(alias), "*" + name + " refers to no &" + name + " that ends above it");
    }
    return built;
  }

  private static YamlNode scalar(ScalarEvent event) {
    refuseTag(event.getTag(), event);
    boolean nothing = event.isPlain() && WORDS_FOR_NOTHING.contains(event.getValue());
    return nothing ? new Empty(line(event)) : new Scalar(event.getValue(), line(event));
  }

  private Built collection(CollectionStartEvent start, int depth) {
    refuseTag(start.getTag(), start);
    if (depth > MAX_DEPTH) {
      throw new Malformed(line(start), "is nested deeper than " + MAX_DEPTH + " levels");
    }
    return start instanceof MappingStartEvent ? mapping(start, depth) : sequence(start, depth);
  }

  private static void refuseTag(Optional<String> tag, Event event) {
    tag.ifPresent(name -> {
      throw new Malformed(line(event), "tags such as " + name + " are not understood here");
    });
  }

  private Built sequence(Event start, int depth) {
    List<YamlNode> elements = new ArrayList<>();
    long values = 1;
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      Built element = node(event, depth);
      elements.add(element.node());
      values += element.values();
    }
    return new Built(new Sequence(elements, line(start)), values);
  }

  private Built mapping(Event start, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    long values = 1;
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      String key = key(event);
      Built value = node(events.next(), depth);
      values += value.values();
      Entry earlier = entries.putIfAbsent(key, new Entry(value.node(), line(event)));
      if (earlier != null) {
        throw new Malformed(
            line(event), "\"" + key + "\" is already given on line " + earlier.line());
      }
    }
    return new Built(new Mapping(Collections.unmodifiableMap(entries), line(start)), values);
  }

  private static String key(Event event) {
    if (event instanceof ScalarEvent scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw new Malformed(line(event), "a key must be a single word");
  }
}
