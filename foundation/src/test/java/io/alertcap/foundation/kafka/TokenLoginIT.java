package io.alertcap.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.alertcap.embedded.BrokerTokens;
import io.alertcap.embedded.EmbeddedBroker;
import io.alertcap.foundation.config.ConfigurationSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker that takes signed tokens only, and the endpoint that hands them out. */
@Timeout(60)
class TokenLoginIT {

  private static final String SECRET = "secret-of-the-capturers";

  @TempDir static Path shared;
  @TempDir Path directory;

  private static TokenIssuer issuer;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    issuer = new TokenIssuer(shared, "alertcap-capturer", SECRET);
    Path keys = issuer.writeKeys(shared.resolve("keys.json"));
    broker =
        EmbeddedBroker.start(
            shared.resolve("kafka"),
            0,
            new BrokerTokens(keys, TokenIssuer.NAME, TokenIssuer.AUDIENCE));
  }

  @AfterAll
  static void close() {
    broker.close();
    issuer.close();
  }

  @Test
  void clientCredentialsAreTradedForTokensThatTheBrokerTakes() throws Exception {
    KafkaSettings settings = settings(SECRET);

    try (Admin admin = Admin.create(ClientProperties.admin(settings, "token-login"))) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              new Topics(settings, admin).check(settings.eventsTopic(), AclOperation.WRITE)
                  instanceof TopicState.Ready);
    }
    try (var producer =
        new KafkaProducer<>(
            ClientProperties.producer(settings, "token-login"),
            new StringSerializer(),
            new StringSerializer())) {
      assertThat(
              producer
                  .send(new ProducerRecord<>(settings.eventsTopic(), "k", "v"))
                  .get(10, TimeUnit.SECONDS)
                  .offset())
          .isZero();
    }
    assertThat(issuer.forms())
        .isNotEmpty()
        .allMatch(form -> form.contains("grant_type=client_credentials"))
        .allMatch(form -> form.contains("scope=captures"));
  }

  @Test
  void aWrongSecretIsSaidWithoutIt() throws Exception {
    KafkaSettings settings = settings("another-secret");

    KafkaException refused =
        catchThrowableOfType(
            KafkaException.class,
            () -> Admin.create(ClientProperties.admin(settings, "token-login")).close());

    assertThat(KafkaFailures.unmakeable(refused))
        .contains("401", "kafka.properties")
        .doesNotContain("another-secret");
  }

  /** As the images and the launcher start their programs: with every jar of one folder. */
  @Test
  void aLoginOfTheCloudsOwnIsTakenFromTheFolderOfPlugins() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), issuer.token());
    Files.writeString(
        directory.resolve("kafka.properties"),
        """
        security.protocol=SASL_PLAINTEXT
        sasl.mechanism=OAUTHBEARER
        sasl.login.callback.handler.class=%s
        sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required \\
          tokenFile="%s";
        """
            .formatted(Plugin.LOGIN, token));
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            "kafka: {bootstrapServers: '%s', propertiesFile: %s, createTopics: true, partitions: 1}"
                .formatted(broker.bootstrapServers(), directory.resolve("kafka.properties")));
    Path plugins = directory.resolve("plugins");

    assertThat(topic(config, plugins)).contains(Plugin.LOGIN, "kafka.properties");
    Plugin.in(plugins);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(topic(config, plugins)).startsWith("Ready"));
  }

  private static String topic(Path config, Path plugins) throws IOException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path") + ":" + plugins + "/*",
                TopicByConfiguration.class.getName(),
                config.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader answer = program.inputReader()) {
      return answer.lines().reduce((first, last) -> last).orElse("");
    }
  }

  /** The file as docs/operations.md has it. */
  private KafkaSettings settings(String secret) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("kafka.properties"),
            """
            security.protocol=SASL_PLAINTEXT
            sasl.mechanism=OAUTHBEARER
            sasl.oauthbearer.token.endpoint.url=%s
            sasl.oauthbearer.client.credentials.client.id=alertcap-capturer
            sasl.oauthbearer.client.credentials.client.secret=%s
            sasl.oauthbearer.scope=captures
            sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required \\
              ssl.truststore.type="PEM" ssl.truststore.location="%s";
            """
                .formatted(issuer.url(), secret, issuer.ca()));
    return ConfigurationSource.text(
            "config.yaml",
            "kafka: {bootstrapServers: '%s', propertiesFile: %s, createTopics: true, partitions: 1}"
                .formatted(broker.bootstrapServers(), file))
        .read(root -> KafkaSettings.from(root.section("kafka")))
        .settings();
  }
}
