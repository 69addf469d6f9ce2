package io.alertcap.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What has both a schema and a Java type, and how each of the two judges a document. */
enum Message {
  COMMAND("capture-command", CaptureCommand.class),
  EVENT("capture-event", CaptureEvent.class),
  RECORD("capture-record", CaptureRecord.class),
  NODE("node-state", NodeState.class),
  ACCESS("access-event", AccessEvent.class);

  private static final String URN = "urn:alertcap:schema:";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemas(
                  schemaNames()
                      .collect(
                          Collectors.toMap(
                              name -> URN + name, name -> text(name + ".schema.json")))));

  final String schemaName;
  final Class<?> type;

  Message(String schemaName, Class<?> type) {
    this.schemaName = schemaName;
    this.type = type;
  }

  /** Of all schemas, the one of their common parts among them. */
  static Stream<String> schemaNames() {
    return Stream.concat(Stream.of("parts"), Stream.of(values()).map(m -> m.schemaName));
  }

  static Message of(Object value) {
    return Stream.of(values()).filter(m -> m.type.isInstance(value)).findFirst().orElseThrow();
  }

  static Message named(String prefix) {
    return Stream.of(values())
        .filter(m -> prefix.startsWith(m.schemaName))
        .findFirst()
        .orElseThrow();
  }

  /** Where and why the schema refuses it; empty if it does not. */
  List<String> schemaErrors(JsonNode document) {
    return schema().validate(document).stream().map(Error::toString).toList();
  }

  Reading<?> read(JsonNode document) {
    return Json.read(Json.write(document), type);
  }

  JsonNode schemaTree() {
    return tree(schemaName + ".schema.json");
  }

  private Schema schema() {
    return REGISTRY.getSchema(SchemaLocation.of(URN + schemaName));
  }

  /** A JSON resource beside the schemas. */
  static JsonNode tree(String resource) {
    return Json.mapper().readTree(text(resource));
  }

  static String text(String resource) {
    try (InputStream in = Message.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
