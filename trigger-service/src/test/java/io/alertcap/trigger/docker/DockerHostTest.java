package io.alertcap.trigger.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.Candidate;
import io.alertcap.trigger.target.CatalogAnswer;
import io.alertcap.trigger.target.LabelSelector;
import io.alertcap.trigger.target.TargetAnswer;
import io.alertcap.trigger.target.TargetFinder;
import io.alertcap.trigger.target.TargetKind;
import io.alertcap.trigger.target.TargetLabels;
import io.alertcap.trigger.target.TargetQuery;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.BySelector;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a socket that answers as Docker does; DockerCatalogIT asks a real one. */
class DockerHostTest {

  private static final String DNS_ID = "a".repeat(64);

  /** As Docker 20.10 lists a Compose service, a container without Compose, and one on the host. */
  private static final String CONTAINERS =
      """
      [ { "Id": "%s", "Names": ["/shop_dns_1"], "State": "running",
          "Labels": { "com.docker.compose.project": "shop", "com.docker.compose.service": "dns",
                      "app": "resolver" },
          "HostConfig": { "NetworkMode": "shop_default" },
          "NetworkSettings": { "Networks": { "shop_default": {
              "IPAddress": "172.28.0.5", "GlobalIPv6Address": "FD00::5" } } } },
        { "Id": "%s", "Names": ["/private"], "Labels": { "alertcap.io/capture": "disabled" },
          "HostConfig": { "NetworkMode": "default" },
          "NetworkSettings": { "Networks": { "bridge": { "IPAddress": "172.17.0.2" } } } },
        { "Id": "%s", "Names": ["/exporter"], "Labels": null,
          "HostConfig": { "NetworkMode": "host" },
          "NetworkSettings": { "Networks": { "host": { "IPAddress": "" } } } } ]
      """
          .formatted(DNS_ID, "b".repeat(64), "c".repeat(64));

  @TempDir Path directory;

  private final Health health = new Health();
  private ScriptedEngine engine;
  private DockerHost host;

  @BeforeEach
  void lookAtTheEngine() throws IOException {
    Path socket = directory.resolve("docker.sock");
    engine = new ScriptedEngine(socket, ScriptedEngine.ok(CONTAINERS));
    host =
        DockerHost.open(new DockerSettings(socket, "docker-host", Duration.ofMillis(50)), health);
    assertThat(host.awaitKnown(Duration.ofSeconds(10))).isTrue();
  }

  @AfterEach
  void close() throws IOException {
    host.close();
    engine.close();
  }

  @Test
  void findsAContainerByAllThatItIsCalled() {
    List<TargetQuery> queries =
        List.of(
            new ByPod("shop", "shop-dns-1"),
            new ByInstance("172.28.0.5"),
            new ByInstance("fd00:0::5"),
            new ByInstance("dns"),
            new ByInstance("shop_dns_1"),
            new ByService("shop", "dns"),
            new BySelector("shop", LabelSelector.parse("app=resolver")));
    Target expected =
        new Target(
            "shop",
            "shop-dns-1",
            Optional.empty(),
            Optional.of("172.28.0.5"),
            "docker-host",
            Optional.of("dns"),
            Optional.of("docker://" + DNS_ID),
            Optional.empty(),
            Optional.empty(),
            false);

    assertThat(queries)
        .allSatisfy(query ->
            assertThat(only(query).target(Optional.empty())).as("%s", query).contains(expected));
    assertThat(host.catalog().namesOf("172.28.0.5")).containsExactly("shop/shop-dns-1");
  }

  @Test
  void saysWhatItDidNotFind() {
    assertThat(host.catalog().find(new ByPod("shop", "web")))
        .isEqualTo(new CatalogAnswer.NoTarget("project shop runs no container web"));
    assertThat(host.catalog().find(new ByNode("docker-host")))
        .isInstanceOf(CatalogAnswer.NoTarget.class);
    assertThat(only(new ByInstance("dns")).target(Optional.of("sidecar"))).isEmpty();
    assertThat(host.catalog().namesOf("172.28.0.99")).isEmpty();
  }

  @Test
  void leavesOutAloneWhatCannotBeATarget() {
    String odd =
        """
        [ { "Id": "%s", "Names": ["/odd"], "Labels": { "com.docker.compose.project": "%s", "app": "x" } },
          { "Id": "short", "Names": ["/odd2"], "Labels": { "app": "x" } },
          { "Names": null, "Labels": { "app": "x" } }, null, 7,
          { "Id": "%s", "Names": ["/sound"], "Labels": { "app": "x" } } ]
        """
            .formatted("d".repeat(64), "p".repeat(70), "e".repeat(64));
    engine.answer(ScriptedEngine.ok(odd));
    await()
        .until(
            () -> host.catalog().find(new ByPod("docker", "sound")) instanceof CatalogAnswer.Found);
    TargetFinder finder = new TargetFinder(host.catalog());

    assertThat(finder.find(selection(TargetKind.INSTANCE), Map.of("instance", "odd")))
        .isInstanceOfSatisfying(
            TargetAnswer.NoTarget.class,
            none -> assertThat(none.reason()).contains("cannot be a target", "namespace"));
    assertThat(finder.find(selection(TargetKind.SELECTOR), Map.of()))
        .isInstanceOfSatisfying(
            TargetAnswer.Found.class, found -> assertThat(found.targets()).hasSize(1));
  }

  @Test
  void tellsContainersApartWhoseNamesAreWrittenAlike() {
    String alike =
        """
        [ { "Id": "%s", "Names": ["/billing.api"] }, { "Id": "%s", "Names": ["/billing_api"] },
          { "Id": "%s", "Names": ["/web_1"] }, { "Id": "%s", "Names": ["/web-1"] } ]
        """
            .formatted("1".repeat(64), "2".repeat(64), "3".repeat(64), "4".repeat(64));
    engine.answer(ScriptedEngine.ok(alike));
    await()
        .until(
            () -> host.catalog().find(new ByPod("docker", "web-1")) instanceof CatalogAnswer.Found);

    assertThat(only(new ByInstance("billing.api")).pod()).isEqualTo("billing-api-111111111111");
    assertThat(only(new ByPod("docker", "billing_api")).pod())
        .isEqualTo("billing-api-222222222222");
    assertThat(host.catalog().find(new ByPod("docker", "billing-api")))
        .isInstanceOf(CatalogAnswer.NoTarget.class);
    assertThat(only(new ByInstance("web_1")).pod()).isEqualTo("web-1-333333333333");
    assertThat(only(new ByInstance("web-1")).pod()).isEqualTo("web-1");
  }

  private static TargetSelection selection(TargetKind kind) {
    return new TargetSelection(
        List.of(kind),
        Optional.of("docker"),
        Optional.of(LabelSelector.parse("app=x")).filter(s -> kind == TargetKind.SELECTOR),
        TargetLabels.STANDARD,
        Optional.empty(),
        List.of(),
        9);
  }

  @Test
  void respectsALabelThatOptsOut() {
    assertThat(only(new ByInstance("private")).optOut()).isPresent();
    assertThat(only(new ByInstance("dns")).optOut()).isEmpty();
  }

  @Test
  void knowsWhoSharesTheNetworkOfTheHost() {
    assertThat(only(new ByInstance("exporter")).hostNetwork()).isTrue();
    assertThat(only(new ByInstance("dns")).hostNetwork()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 500 Internal Server Error\r\n\r\n{\"message\":\"no\"}",
        "HTTP/1.0 200 OK\r\n\r\n[{\"Id\":",
        "HTTP/1.0 200 OK",
        ""
      })
  void keepsWhatItSawWhileTheEngineMakesNoSense(String nonsense) {
    engine.answer(nonsense);

    await().until(() -> !health.ready().checks().containsValue("ready"));
    assertThat(health.ready().checks().get("catalog")).contains("ready, but", "catalog.socket");
    assertThat(only(new ByInstance("dns"))).isNotNull();

    engine.answer(ScriptedEngine.ok("[]"));
    await().until(() -> health.ready().checks().containsValue("ready"));
    assertThat(host.catalog().find(new ByInstance("dns")))
        .isInstanceOf(CatalogAnswer.NoTarget.class);
  }

  @Test
  void isUnavailableUntilTheEngineHasAnsweredOnce() {
    DockerSettings nobody =
        new DockerSettings(directory.resolve("none.sock"), "docker-host", Duration.ofMillis(50));
    try (DockerHost alone = DockerHost.open(nobody, new Health())) {
      assertThat(alone.awaitKnown(Duration.ofMillis(200))).isFalse();
      assertThat(alone.catalog().find(new ByInstance("dns")))
          .isInstanceOf(CatalogAnswer.Unavailable.class);
    }
  }

  @Test
  void onlyEverLists() {
    await().until(() -> engine.requests().size() > 2);
    assertThat(engine.requests()).containsOnly("GET /containers/json HTTP/1.0");
  }

  @Test
  void isReadFromTheConfiguration() {
    DockerSettings settings =
        ConfigurationSource.text("trigger.yaml", "node: docker-host")
            .read(DockerSettings::from)
            .settings();
    assertThat(settings)
        .isEqualTo(
            new DockerSettings(
                Path.of("/var/run/docker.sock"), "docker-host", Duration.ofSeconds(2)));
  }

  private Candidate only(TargetQuery query) {
    assertThat(host.catalog().find(query)).isInstanceOf(CatalogAnswer.Found.class);
    List<? extends Candidate> found =
        ((CatalogAnswer.Found) host.catalog().find(query)).candidates();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
