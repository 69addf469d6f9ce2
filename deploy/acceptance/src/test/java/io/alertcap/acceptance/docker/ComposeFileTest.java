package io.alertcap.acceptance.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.acceptance.Repository;
import io.alertcap.capturer.CapturerConfig;
import io.alertcap.capturer.netns.Capability;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.Loaded;
import io.alertcap.trigger.TriggerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code docker-compose.yml}: no key that Compose would not know, and configuration that is read.
 */
class ComposeFileTest {

  /** Of the Compose specification, those that are used. */
  private static final Set<String> SERVICE_KEYS =
      Set.of(
          "build",
          "cap_add",
          "cap_drop",
          "command",
          "depends_on",
          "environment",
          "image",
          "init",
          "mem_limit",
          "networks",
          "pid",
          "ports",
          "read_only",
          "restart",
          "security_opt",
          "tmpfs",
          "user",
          "volumes");

  private static final JsonNode FILE =
      new YAMLMapper().readTree(Repository.path("docker-compose.yml").toFile());

  @Test
  void hasOnlyKnownKeys() {
    assertThat(FILE.propertyNames())
        .containsExactlyInAnyOrder("name", "networks", "volumes", "services");
    assertThat(services().flatMap(service -> service.propertyNames().stream()))
        .allMatch(SERVICE_KEYS::contains);
  }

  @Test
  void dependsOnServicesThatAreThere() {
    assertThat(
            services()
                .map(service -> service.path("depends_on"))
                .flatMap(on ->
                    on.isArray()
                        ? on.valueStream().map(JsonNode::stringValue)
                        : on.propertyNames().stream()))
        .isNotEmpty()
        .allMatch(name -> FILE.path("services").has(name));
  }

  @Test
  void mountsFilesThatAreThere() {
    assertThat(
            services()
                .flatMap(service -> service.path("volumes").valueStream())
                .map(volume -> volume.stringValue().split(":", 2)[0])
                .filter(source -> source.startsWith("./")))
        .isNotEmpty()
        .allMatch(source -> Files.exists(Repository.path(source)));
  }

  @Test
  void publishesNothingToOtherMachines() {
    assertThat(services().flatMap(service -> service.path("ports").valueStream()))
        .isNotEmpty()
        .allMatch(port -> port.stringValue().startsWith("127.0.0.1:"));
  }

  @Test
  void givesTheCapturerTheCapabilitiesThatTheCodeNames() {
    JsonNode capturer = FILE.at("/services/capturer");

    assertThat(strings(capturer, "cap_drop")).containsExactly("ALL");
    assertThat(strings(capturer, "cap_add"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Capability.values()).map(Capability::name).toList());
    assertThat(strings(FILE.at("/services/trigger"), "cap_add")).isEmpty();
  }

  @Test
  void ourServicesCanGainAndChangeNothing() {
    assertThat(List.of("trigger", "capturer"))
        .map(name -> FILE.path("services").path(name))
        .allSatisfy(service -> {
          assertThat(strings(service, "cap_drop")).containsExactly("ALL");
          assertThat(strings(service, "security_opt")).contains("no-new-privileges:true");
          assertThat(service.path("read_only").booleanValue()).isTrue();
          assertThat(service.has("mem_limit")).isTrue();
        });
  }

  @Test
  void onlyTheTriggerHasDockersSocketAndEveryToken() {
    assertThat(
            services()
                .filter(service ->
                    strings(service, "volumes").stream()
                        .map(volume -> volume.split(":", 2)[0])
                        .anyMatch(source ->
                            source.contains("DOCKER_SOCKET") || source.endsWith("/secrets"))))
        .containsExactly(FILE.at("/services/trigger"));
  }

  @Test
  void theServicesReadTheirConfiguration() {
    Loaded<TriggerConfig> trigger = configuration("trigger").read(TriggerConfig::from);
    Loaded<CapturerConfig> capturer = configuration("capturer").read(CapturerConfig::from);

    assertThat(trigger.warnings()).isEmpty();
    assertThat(capturer.warnings()).isEmpty();
    assertThat(trigger.settings().s3().bucket()).isEqualTo(capturer.settings().s3().bucket());
    assertThat(Repository.text(Repository.path("deploy/compose/trigger.yaml")))
        .contains("node: " + capturer.settings().node().name());
  }

  @Test
  void theImagesAreBuiltFromStagesThatAreThere() {
    List<String> dockerfile =
        Repository.text(Repository.path("deploy/images/Dockerfile")).lines().toList();
    Set<String> stages = new TreeSet<>();
    for (String line : dockerfile) {
      if (line.startsWith("FROM ")) {
        stages.add(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    assertThat(services().filter(service -> service.has("build")))
        .extracting(service -> service.at("/build/target").stringValue())
        .isNotEmpty()
        .isSubsetOf(stages);
    assertThat(
            dockerfile.stream()
                .filter(line -> line.startsWith("COPY deploy/"))
                .map(line -> line.split(" ", -1)[1]))
        .isNotEmpty()
        .allMatch(source -> Files.exists(Repository.path(source)));
  }

  /** As mounted, with the directory of the secrets where it is in the project. */
  private static ConfigurationSource configuration(String service) {
    Path file = Repository.path("deploy/compose/" + service + ".yaml");
    return ConfigurationSource.text(
        file.toString(),
        Repository.text(file)
            .replace(
                "/run/secrets/alertcap", Repository.path("deploy/compose/secrets").toString()));
  }

  private static Stream<JsonNode> services() {
    return FILE.path("services").valueStream();
  }

  private static List<String> strings(JsonNode service, String key) {
    return service.path(key).valueStream().map(JsonNode::stringValue).toList();
  }
}
