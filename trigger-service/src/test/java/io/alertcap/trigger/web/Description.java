package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.alertcap.schemas.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What {@code openapi.yaml} says about responses: every one that a test gets is held against it.
 */
final class Description {

  /** What any operation may answer besides its own, as the document says at its beginning. */
  private static final Set<Integer> OF_ANY_SERVER = Set.of(405, 408, 413, 414, 431, 500);

  private static final JsonNode DOCUMENT = document();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(Dialects.getOpenApi31());
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Description() {}

  /** Fails unless the document has this operation, with this response, of this type and shape. */
  static void check(String method, String path, Http.Response response) {
    String asked = method + " " + path + " " + response.status();
    JsonNode described = response(method, path.replaceFirst("\\?.*", ""), response.status(), asked);
    described
        .path("headers")
        .propertyNames()
        .forEach(
            header -> assertThat(response.header(header)).as(asked + ": " + header).isNotEmpty());
    JsonNode content = described.path("content");
    if (method.equals("HEAD") || content.isMissingNode()) {
      assertThat(response.body()).as(asked).isEmpty();
      return;
    }
    String type = response.header("content-type").replaceFirst(";.*", "");
    assertThat(content.propertyNames()).as(asked + ": " + response.body()).contains(type);
    if (type.endsWith("json")) {
      assertThat(errors(content.get(type).get("schema"), response.body())).as(asked).isEmpty();
    }
  }

  private static JsonNode response(String method, String path, int status, String asked) {
    Optional<JsonNode> resource = resource(path);
    if (resource.isEmpty()) {
      assertThat(status).as(asked + ": is described nowhere").isIn(404, 400, 408, 413, 414, 431);
      return DOCUMENT.at("/components/responses/Problem");
    }
    String operation = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    JsonNode responses = resource.get().path(operation).path("responses");
    if (responses.isMissingNode()) {
      assertThat(status).as(asked + ": has no such method").isIn(405, 408, 413);
      return DOCUMENT.at("/components/responses/Problem");
    }
    JsonNode own = responses.path(Integer.toString(status));
    if (own.isMissingNode()) {
      assertThat(status).as(asked + ": is not described").isIn(OF_ANY_SERVER);
      own = responses.path("default");
    }
    assertThat(own.isMissingNode()).as(asked + ": has no default").isFalse();
    return resolved(own);
  }

  private static Optional<JsonNode> resource(String path) {
    return DOCUMENT
        .get("paths")
        .propertyStream()
        .filter(entry -> matches(entry.getKey(), path))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean matches(String template, String path) {
    List<String> expected = Arrays.asList(template.split("/", -1));
    List<String> actual = Arrays.asList(path.split("/", -1));
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).startsWith("{") && !expected.get(i).equals(actual.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode resolved(JsonNode node) {
    return node.path("$ref").isString()
        ? DOCUMENT.at(node.get("$ref").stringValue().substring(1))
        : node;
  }

  private static List<String> errors(JsonNode schema, String body) {
    return SCHEMAS
        .computeIfAbsent(schema.toString(), text -> compiled(schema))
        .validate(Json.mapper().readTree(body))
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static Schema compiled(JsonNode schema) {
    ObjectNode selfContained = (ObjectNode) schema.deepCopy();
    selfContained.set("components", DOCUMENT.get("components"));
    return REGISTRY.getSchema(
        SchemaLocation.of("urn:response:" + Integer.toHexString(schema.hashCode())), selfContained);
  }

  private static JsonNode document() {
    try (InputStream in =
        Description.class.getResourceAsStream("/io/alertcap/schemas/openapi.yaml")) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
