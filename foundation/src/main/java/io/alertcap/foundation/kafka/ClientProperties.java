package io.alertcap.foundation.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG;

import io.alertcap.foundation.config.Secret;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What each kind of client is configured with, serializers aside. A webhook waits for 5 s at most,
 * so no producer here waits for a minute, as it would by default; but {@link #BLOCKING_PATIENCE}
 * and {@link #SEND_PATIENCE} can add up, and two sends in a row do: whoever answers a webhook keeps
 * a deadline of its own.
 */
public final class ClientProperties {

  /** From handing a record over until it is acknowledged or has failed, once a broker is known. */
  static final Duration SEND_PATIENCE = Duration.ofSeconds(4);

  /** For one request; leaves room for one more within {@link #SEND_PATIENCE}. */
  static final Duration REQUEST_PATIENCE = Duration.ofSeconds(3);

  /** How long {@code send} may block its thread while no broker is known: 60 s by default. */
  static final Duration BLOCKING_PATIENCE = Duration.ofSeconds(2);

  /** For an answer to a question that is asked at start or by a health check. */
  static final Duration ADMIN_PATIENCE = Duration.ofSeconds(5);

  /** What the promises stand on: not the user's to change. */
  private static final Set<String> OURS =
      Set.of(
          BOOTSTRAP_SERVERS_CONFIG,
          CLIENT_ID_CONFIG,
          GROUP_ID_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
          ProducerConfig.RETRIES_CONFIG,
          ProducerConfig.LINGER_MS_CONFIG,
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          DEFAULT_API_TIMEOUT_MS_CONFIG);

  private ClientProperties() {}

  /**
   * For a producer whose records are acknowledged by every in-sync replica, or fail in time to be
   * answered for. One request at a time: a partition that was made a moment ago may refuse the
   * first and take the second, and then nothing until that is given up, as out of order.
   */
  public static Properties producer(KafkaSettings settings, String clientId) {
    Properties properties = common(settings, clientId);
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.setProperty(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(BLOCKING_PATIENCE));
    properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_PATIENCE));
    properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(SEND_PATIENCE));
    return properties;
  }

  /**
   * For a consumer that assigns itself its partitions, seeks where it wants to begin, and keeps no
   * offsets.
   */
  public static Properties consumer(KafkaSettings settings, String clientId) {
    Properties properties = common(settings, clientId);
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.setProperty(DEFAULT_API_TIMEOUT_MS_CONFIG, millis(ADMIN_PATIENCE));
    return properties;
  }

  /**
   * For a consumer that assigns itself its partitions and commits offsets by hand.
   *
   * @param groupId under which the offsets are kept; nothing is ever balanced between its members
   */
  public static Properties consumer(KafkaSettings settings, String clientId, String groupId) {
    Properties properties = consumer(settings, clientId);
    properties.setProperty(GROUP_ID_CONFIG, groupId);
    return properties;
  }

  /** For an admin client that answers within seconds. */
  public static Properties admin(KafkaSettings settings, String clientId) {
    Properties properties = common(settings, clientId);
    properties.setProperty(REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_PATIENCE));
    properties.setProperty(DEFAULT_API_TIMEOUT_MS_CONFIG, millis(ADMIN_PATIENCE));
    return properties;
  }

  private static Properties common(KafkaSettings settings, String clientId) {
    Properties properties = new Properties();
    settings.properties().forEach((key, value) -> properties.setProperty(key, value.reveal()));
    TokenLogin.complete(properties);
    properties.setProperty(BOOTSTRAP_SERVERS_CONFIG, settings.servers());
    properties.setProperty(CLIENT_ID_CONFIG, clientId);
    return properties;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /** A file as Kafka's own tools take it with {@code --command-config}. */
  static Map<String, Secret> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the properties in " + file + ": " + e, e);
    }
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return allowed(texts);
  }

  static Map<String, Secret> allowed(Map<String, String> texts) {
    Set<String> refused = new TreeSet<>(texts.keySet());
    refused.retainAll(OURS);
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "must leave alone what alertcap sets itself: " + String.join(", ", refused));
    }
    Map<String, Secret> secrets = new HashMap<>();
    texts.forEach((key, text) -> secrets.put(key, new Secret(text)));
    return Map.copyOf(secrets);
  }
}
