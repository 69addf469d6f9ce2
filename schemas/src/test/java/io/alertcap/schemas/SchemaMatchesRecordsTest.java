package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.alertcap.schemas.json.Json;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Schemas and types have the same parts, of the same names, as necessary and of the same kinds. */
class SchemaMatchesRecordsTest {

  private static final JsonNode PARTS = Message.tree("parts.schema.json").get("$defs");

  /** Definitions of single values; whether these agree is for AgreementTest. */
  private static final Map<String, Class<?>> SIMPLE =
      Map.ofEntries(
          Map.entry("CaptureId", CaptureId.class),
          Map.entry("DataSize", DataSize.class),
          Map.entry("Duration", Duration.class),
          Map.entry("Instant", Instant.class),
          Map.entry("Count", Long.class),
          Map.entry("DnsLabel", String.class),
          Map.entry("DnsMnemonic", String.class),
          Map.entry("DnsSubdomain", String.class),
          Map.entry("InterfaceNames", String.class),
          Map.entry("IpAddress", String.class),
          Map.entry("LinkType", String.class),
          Map.entry("ObjectKey", String.class));

  record Definition(String name, JsonNode schema, Class<?> type) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Definition> objects() {
    return definitions().filter(d -> d.schema.has("properties"));
  }

  static Stream<Definition> enums() {
    return definitions().filter(d -> d.schema.has("enum"));
  }

  private static Stream<Definition> definitions() {
    Stream<Definition> parts =
        PARTS
            .propertyStream()
            .filter(part -> !SIMPLE.containsKey(part.getKey()))
            .map(p -> new Definition(p.getKey(), p.getValue(), javaType(p.getKey())));
    return Stream.of(
            parts,
            variants(Message.COMMAND),
            variants(Message.EVENT),
            Stream.of(
                new Definition("CaptureRecord", Message.RECORD.schemaTree(), CaptureRecord.class),
                new Definition("NodeState", Message.NODE.schemaTree(), NodeState.class),
                new Definition("AccessEvent", Message.ACCESS.schemaTree(), AccessEvent.class)))
        .flatMap(definitions -> definitions);
  }

  private static Stream<Definition> variants(Message message) {
    return Arrays.stream(message.type.getPermittedSubclasses())
        .map(type ->
            new Definition(
                type.getSimpleName(),
                message.schemaTree().get("$defs").get(type.getSimpleName()),
                type));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void everyPropertyIsAComponentAndViceVersa(Definition definition) {
    Map<String, Type> components = components(definition.type);

    assertThat(definition.schema.get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(components.keySet());
  }

  @ParameterizedTest
  @MethodSource("objects")
  void whatIsNotOptionalIsRequired(Definition definition) {
    List<String> required =
        components(definition.type).entrySet().stream()
            .filter(component -> !isOptional(component.getValue()))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(definition.schema.path("required").valueStream().map(JsonNode::stringValue))
        .containsExactlyInAnyOrderElementsOf(required);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void propertiesAndComponentsAreOfOneKind(Definition definition) {
    JsonNode properties = definition.schema.get("properties");
    components(definition.type)
        .forEach((name, type) ->
            assertThat(javaType(properties.get(name), type))
                .as(name)
                .isEqualTo(boxed(rawType(type))));
  }

  @ParameterizedTest
  @MethodSource("enums")
  void enumsAreEqual(Definition definition) {
    List<String> constants =
        Stream.of(definition.type.getEnumConstants())
            .map(constant -> Json.mapper().convertValue(constant, String.class))
            .toList();

    assertThat(definition.schema.get("enum").valueStream().map(JsonNode::stringValue))
        .containsExactlyElementsOf(constants);
  }

  @ParameterizedTest
  @MethodSource("unions")
  void aUnionIsOfWhatItsInterfacePermits(Message message) {
    JsonNode schema = message.schemaTree();
    Set<String> names =
        Arrays.stream(message.type.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(schema.get("$defs").propertyNames()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(schema.get("oneOf").valueStream().map(SchemaMatchesRecordsTest::referredTo))
        .containsExactlyInAnyOrderElementsOf(names);
    for (JsonSubTypes.Type type : message.type.getAnnotation(JsonSubTypes.class).value()) {
      String constant =
          schema
              .at("/$defs/" + type.value().getSimpleName() + "/properties/type/const")
              .stringValue();
      assertThat(constant).isEqualTo(type.name());
    }
  }

  static Stream<Message> unions() {
    return Stream.of(Message.COMMAND, Message.EVENT);
  }

  @Test
  void nothingIsDefinedThatNothingRefersTo() {
    String everything =
        Message.schemaNames()
            .map(name -> Message.text(name + ".schema.json"))
            .collect(Collectors.joining());

    assertThat(PARTS.propertyNames())
        .allSatisfy(name -> assertThat(everything).contains("#/$defs/" + name + "\""));
  }

  /** By their names in JSON; what the union adds to its variants included. */
  private static Map<String, Type> components(Class<?> type) {
    Map<String, Type> components = new HashMap<>();
    if (CaptureCommand.class.isAssignableFrom(type) || CaptureEvent.class.isAssignableFrom(type)) {
      components.put("type", String.class);
      components.put("id", CaptureId.class);
    }
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
      String name =
          renamed == null || renamed.value().isEmpty() ? component.getName() : renamed.value();
      components.put(name, component.getGenericType());
    }
    return components;
  }

  /** Whether an integer is an int or a long, only its bounds tell. */
  private static Class<?> javaType(JsonNode property, Type component) {
    if (property.has("$ref")) {
      return javaType(referredTo(property));
    }
    return switch (property.path("type").stringValue("string")) {
      case "string" -> String.class;
      case "boolean" -> Boolean.class;
      case "object" -> Map.class;
      case "array" -> List.class;
      case "number" -> Double.class;
      case "integer" -> boxed(rawType(component)) == Integer.class ? Integer.class : Long.class;
      case String unexpected -> throw new AssertionError(unexpected);
    };
  }

  private static String referredTo(JsonNode schema) {
    String reference = schema.get("$ref").stringValue();
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private static Class<?> javaType(String definition) {
    Class<?> simple = SIMPLE.get(definition);
    if (simple != null) {
      return simple;
    }
    try {
      return Class.forName("io.alertcap.schemas." + definition);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(definition + " has no type", e);
    }
  }

  private static boolean isOptional(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == Optional.class;
  }

  private static Class<?> rawType(Type type) {
    if (isOptional(type)) {
      return rawType(((ParameterizedType) type).getActualTypeArguments()[0]);
    }
    return type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }
}
