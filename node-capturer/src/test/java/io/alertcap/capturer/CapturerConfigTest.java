package io.alertcap.capturer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.capturer.dns.VerdictThresholds;
import io.alertcap.capturer.enrich.DnsPorts;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.enrich.names.NamesSettings;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.capturer.prepare.PreparationSettings;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.web.HttpSettings;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.policy.NamespacePattern;
import io.alertcap.foundation.signature.VerifyingKey;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.PayloadProfile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapturerConfigTest {

  private static final String LEAST =
      """
      node: {name: worker-3}
      kafka: {bootstrapServers: 'localhost:9092'}
      s3: {bucket: captures}
      """;

  @Test
  void whatIsNotGivenHasAStandard() {
    CapturerConfig config = read(LEAST);

    assertThat(config.node())
        .isEqualTo(
            new CapturerConfig.Node(
                "worker-3", Path.of("/proc"), Path.of("/sys/fs/cgroup"), Path.of("/var/log/pods")));
    assertThat(config.policy()).isEqualTo(NodePolicy.STANDARD);
    assertThat(config.spool()).isEqualTo(SpoolSettings.in(Path.of("/var/lib/alertcap/spool")));
    assertThat(config.capture())
        .isEqualTo(
            new CapturerConfig.Captures(
                DataSize.ofMebibytes(2), PreparationSettings.STANDARD, Duration.ofSeconds(20)));
    assertThat(config.http()).isEqualTo(new HttpSettings("0.0.0.0", 8081));
  }

  @Test
  void everythingCanBeGiven() {
    CapturerConfig config =
        read(
            LEAST.replace("worker-3}", "worker-3, procRoot: /host/proc, cgroupRoot: /host/cgroup}")
                + """
                capture:
                  bufferSize: 8MiB
                  shutdownGrace: 5s
                  format: pcap
                  compression: none
                  dnsPorts: [5353]
                  verdict:
                    fewestQueries: 50
                    answerTimeout: 2s
                    unansweredShare: 0.02
                    slowAnswer: 50ms
                    slowShare: 0.1
                    upstreamShare: 0.8
                    nxdomainShare: 0.6
                    truncatedShare: 0.2
                    conntrackRaces: 5
                names: {url: 'https://alertcap:8080', token: s3cret, caFile: /ca.pem, timeout: 500ms}
                policy:
                  allowHostNetwork: true
                  allowPid: true
                  netnsDirectories: [/run/netns]
                  requireKnownPod: true
                  commandKeys: [MCowBQYDK2VwAyEAE9bUFaWOBl0UA8iuK8oBtkmtwmEjdsXj+ITUXfjt6yI=]
                  maxConcurrent: 2
                  maxBytesPerHour: 1GiB
                  maxDuration: 1m
                  maxFileSize: 10MiB
                  maxBuffer: 4MiB
                  maxBufferTotal: 20MiB
                  payload: dns
                  headersOnlyNamespaces: [bank-*]
                spool:
                  directory: /spool
                  maxBytes: 1GiB
                  minFree: 100MiB
                  keepFor: 1h
                  rememberFor: 4d
                  maxRemembered: 5
                  maxCaptures: 6
                http: {host: 127.0.0.1, port: 0}
                """);

    assertThat(config.node().procRoot()).isEqualTo(Path.of("/host/proc"));
    assertThat(config.capture().bufferSize()).isEqualTo(DataSize.ofMebibytes(8));
    assertThat(config.policy())
        .isEqualTo(
            new NodePolicy(
                List.of(),
                List.of(),
                true,
                true,
                List.of(Path.of("/run/netns")),
                true,
                List.of(
                    VerifyingKey.parse(
                        "MCowBQYDK2VwAyEAE9bUFaWOBl0UA8iuK8oBtkmtwmEjdsXj+ITUXfjt6yI=")),
                2,
                DataSize.ofGibibytes(1),
                Duration.ofMinutes(1),
                DataSize.ofMebibytes(10),
                DataSize.ofMebibytes(4),
                DataSize.ofMebibytes(20),
                PayloadProfile.DNS,
                List.of(new NamespacePattern("bank-*"))));
    assertThat(config.capture().upload())
        .isEqualTo(
            new PreparationSettings(
                FileFormat.PCAP,
                Compression.NONE,
                new DnsPorts(Set.of(53, 5353)),
                new VerdictThresholds(
                    50,
                    Duration.ofSeconds(2),
                    0.02,
                    Duration.ofMillis(50),
                    0.1,
                    0.8,
                    0.6,
                    0.2,
                    5)));
    assertThat(config.names())
        .isEqualTo(
            new NamesSettings(
                Optional.of(URI.create("https://alertcap:8080")),
                Optional.of(new Secret("s3cret")),
                Optional.of(Path.of("/ca.pem")),
                Duration.ofMillis(500)));
    assertThat(config.spool())
        .isEqualTo(
            new SpoolSettings(
                Path.of("/spool"),
                DataSize.ofGibibytes(1),
                Optional.of(DataSize.ofMebibytes(100)),
                Duration.ofHours(1),
                Duration.ofDays(4),
                5,
                6));
    assertThat(config.http()).isEqualTo(new HttpSettings("127.0.0.1", 0));
  }

  @Test
  void theNodesNameComesFromTheEnvironmentOfItsPod() {
    CapturerConfig config =
        ConfigurationSource.text("test", LEAST)
            .overriddenBy(Map.of("ALERTCAP_NODE_NAME", "worker-7.example.org"))
            .read(CapturerConfig::from)
            .settings();

    assertThat(config.node().name()).isEqualTo("worker-7.example.org");
  }

  @Test
  void everyErrorIsNamedAtOnce() {
    assertThatThrownBy(() ->
            read(
                """
                node: {name: 'Worker 3'}
                kafka: {}
                s3: {bucket: captures, prefix: /abs}
                capture: {shutdownGrace: 0s, bufersize: 1MiB}
                spool: {keepFor: soon}
                """))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("node.name")
        .hasMessageContaining("kafka.bootstrapServers")
        .hasMessageContaining("s3.prefix")
        .hasMessageContaining("capture.shutdownGrace")
        .hasMessageContaining("bufersize")
        .hasMessageContaining("spool.keepFor");
  }

  private static CapturerConfig read(String yaml) {
    return ConfigurationSource.text("test", yaml).read(CapturerConfig::from).settings();
  }
}
