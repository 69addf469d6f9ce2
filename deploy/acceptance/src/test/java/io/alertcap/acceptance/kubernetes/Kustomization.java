package io.alertcap.acceptance.kubernetes;

import io.alertcap.acceptance.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the kustomizations of {@code deploy/kubernetes} name, for machines without kustomize. */
final class Kustomization {

  static final String FILE = "kustomization.yaml";

  private static final YAMLMapper YAML = new YAMLMapper();

  private Kustomization() {}

  /** The manifests among the files. */
  static Set<Path> resources() {
    return all().flatMap(file -> files(file, "resources")).collect(Collectors.toSet());
  }

  /** Every file that a kustomization uses: manifests, patches, and what is generated from. */
  static List<Path> named() {
    return all()
        .flatMap(file -> Stream.of(files(file, "resources"), patches(file), sources(file)))
        .flatMap(files -> files)
        .distinct()
        .toList();
  }

  static List<JsonNode> documents(Path file) {
    List<JsonNode> documents = new ArrayList<>();
    try (var read = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      read.forEachRemaining(documents::add);
    }
    return documents;
  }

  private static Stream<Path> all() {
    return Repository.files("deploy/kubernetes", FILE).stream();
  }

  private static Stream<Path> files(Path kustomization, String key) {
    return tree(kustomization)
        .path(key)
        .valueStream()
        .map(name -> beside(kustomization, name.stringValue()))
        .filter(path -> !Files.isDirectory(path));
  }

  private static Stream<Path> patches(Path kustomization) {
    return tree(kustomization)
        .path("patches")
        .valueStream()
        .filter(patch -> patch.has("path"))
        .map(patch -> beside(kustomization, patch.get("path").stringValue()));
  }

  /** {@code files: [key=path]} and {@code envs: [path]}. */
  private static Stream<Path> sources(Path kustomization) {
    return Stream.of("configMapGenerator", "secretGenerator")
        .flatMap(generator -> tree(kustomization).path(generator).valueStream())
        .flatMap(generator ->
            Stream.concat(
                generator.path("files").valueStream(), generator.path("envs").valueStream()))
        .map(source -> source.stringValue().replaceFirst("^[^=]*=", ""))
        .map(name -> beside(kustomization, name));
  }

  private static JsonNode tree(Path kustomization) {
    return YAML.readTree(kustomization.toFile());
  }

  private static Path beside(Path kustomization, String name) {
    return kustomization.resolveSibling(name).normalize();
  }
}
