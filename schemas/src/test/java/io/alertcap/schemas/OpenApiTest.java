package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.alertcap.schemas.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest {

  private static final JsonNode OPENAPI = Yaml.tree("openapi.yaml");
  private static final JsonNode SCHEMAS = OPENAPI.at("/components/schemas");

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** What only travels over Kafka. */
  private static final Set<String> NOT_OVER_HTTP = Set.of("CaptureRequest", "CaptureResult");

  @Test
  void describesEveryRequestOfTheContract() {
    assertThat(operations().map(Operation::request))
        .containsExactlyInAnyOrder(
            "POST /api/v1/alerts",
            "POST /api/v1/captures",
            "GET /api/v1/captures",
            "GET /api/v1/captures/{id}",
            "DELETE /api/v1/captures/{id}",
            "GET /api/v1/captures/{id}/pcap",
            "GET /api/v1/suppressed",
            "GET /api/v1/nodes",
            "GET /api/v1/events",
            "POST /api/v1/names",
            "GET /livez",
            "GET /readyz",
            "GET /metrics",
            "GET /openapi.yaml");
  }

  @Test
  void itsSchemasAreThoseOfMessagesAndRecords() {
    ObjectNode expected = Json.mapper().createObjectNode();
    ObjectNode recordSchema = (ObjectNode) Message.RECORD.schemaTree();
    expected.set("CaptureRecord", recordSchema.remove(List.of("$schema", "$id")));
    ObjectNode nodeSchema = (ObjectNode) Message.NODE.schemaTree();
    expected.set("NodeState", nodeSchema.remove(List.of("$schema", "$id")));
    Message.tree("parts.schema.json")
        .get("$defs")
        .propertyStream()
        .filter(part -> !NOT_OVER_HTTP.contains(part.getKey()))
        .forEach(part -> expected.set(part.getKey(), part.getValue()));
    JsonNode selfContained =
        Json.mapper()
            .readTree(
                expected
                    .toString()
                    .replace("urn:alertcap:schema:parts", "")
                    .replace("#/$defs/", "#/components/schemas/"));

    selfContained
        .propertyStream()
        .forEach(schema ->
            assertThat(Json.mapper().readTree(SCHEMAS.path(schema.getKey()).toString()))
                .as(schema.getKey())
                .isEqualTo(schema.getValue()));
  }

  @Test
  void everyReferenceLeadsSomewhereInTheDocument() {
    assertThat(Yaml.references(OPENAPI))
        .isNotEmpty()
        .allSatisfy(reference -> {
          assertThat(reference).startsWith("#/components/");
          assertThat(Yaml.target(OPENAPI, reference).isMissingNode()).isFalse();
        });
  }

  @Test
  void nothingIsDefinedThatNothingRefersTo() {
    List<String> references = Yaml.references(OPENAPI);

    for (String kind : List.of("schemas", "responses", "parameters")) {
      assertThat(OPENAPI.at("/components/" + kind).propertyNames())
          .allSatisfy(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
    }
  }

  @Test
  void operationsHaveNamesOfTheirOwn() {
    assertThat(operations().map(o -> o.description.path("operationId").stringValue("")))
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @Test
  void whatGoesWrongIsAlwaysAProblemDocument() {
    assertThat(operations().filter(o -> o.path.startsWith("/api/")))
        .allSatisfy(operation ->
            assertThat(errors(operation))
                .allSatisfy(error ->
                    assertThat(error.at("/content").propertyNames())
                        .containsExactly("application/problem+json")));
  }

  /** Alertmanager does not repeat what was refused so. */
  @Test
  void tooManyRequestsIsNeverAnswered() {
    assertThat(operations())
        .allSatisfy(o -> assertThat(o.description.get("responses").has("429")).isFalse());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesAreValid(Example example) {
    SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi31());
    ObjectNode schema = (ObjectNode) example.schema.deepCopy();
    schema.set("components", OPENAPI.get("components"));

    assertThat(
            registry
                .getSchema(SchemaLocation.of("urn:example"), schema)
                .validate(example.value)
                .stream()
                .map(Error::toString))
        .isEmpty();
  }

  static Stream<Example> examples() {
    return OPENAPI.findParents("example").stream()
        .filter(content -> content.at("/schema/$ref").isString())
        .map(content -> new Example(content.get("schema"), content.get("example")));
  }

  record Example(JsonNode schema, JsonNode value) {}

  record Operation(String method, String path, JsonNode description) {
    String request() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }
  }

  private static Stream<Operation> operations() {
    return OPENAPI
        .get("paths")
        .propertyStream()
        .flatMap(path ->
            path.getValue()
                .propertyStream()
                .filter(method -> METHODS.contains(method.getKey()))
                .map(m -> new Operation(m.getKey(), path.getKey(), m.getValue())));
  }

  private static List<JsonNode> errors(Operation operation) {
    return operation
        .description
        .get("responses")
        .propertyStream()
        .filter(response -> response.getKey().compareTo("400") >= 0)
        .map(response -> resolved(response.getValue()))
        .toList();
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? Yaml.target(OPENAPI, node.get("$ref").stringValue()) : node;
  }
}
