package io.alertcap.foundation.kafka;

import io.alertcap.foundation.config.HostPort;
import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code kafka}.
 *
 * @param commandsTopic keyed by node; {@code alertcap.commands} unless given
 * @param eventsTopic keyed by capture id; {@code alertcap.events} unless given
 * @param nodesTopic keyed by node, compacted; {@code alertcap.nodes} unless given
 * @param topicCreation how to create a topic that is missing; empty where that is left to others,
 *     which it is unless {@code createTopics: true}
 * @param properties what every client gets besides, such as {@code sasl.*} and {@code ssl.*}:
 *     secrets all, since {@code sasl.jaas.config} and the passwords of key stores are among them
 */
public record KafkaSettings(
    List<HostPort> bootstrapServers,
    String commandsTopic,
    String eventsTopic,
    String nodesTopic,
    Optional<TopicCreation> topicCreation,
    Map<String, Secret> properties) {

  /**
   * Each node reads one partition: so many nodes, before two of them read each other's commands.
   */
  private static final int DEFAULT_PARTITIONS = 16;

  private static final int MAX_PARTITIONS = 10_000;

  private static final int MAX_REPLICAS = 100;

  /** Refuses topics of one name: every command would be read as a broken event. */
  public KafkaSettings {
    bootstrapServers = List.copyOf(bootstrapServers);
    properties = Map.copyOf(properties);
    if (commandsTopic.equals(eventsTopic)) {
      throw new IllegalArgumentException("commandsTopic and eventsTopic must differ");
    }
    if (nodesTopic.equals(commandsTopic) || nodesTopic.equals(eventsTopic)) {
      throw new IllegalArgumentException("nodesTopic must differ from the other topics");
    }
  }

  /**
   * How a missing topic is created.
   *
   * @param partitions of each topic; 1 or more
   * @param replicationFactor copies of each partition; the brokers' default where empty
   */
  public record TopicCreation(int partitions, Optional<Integer> replicationFactor) {}

  /** Reads the section. */
  public static Setting<KafkaSettings> from(Section kafka) {
    Setting<List<HostPort>> servers = kafka.hostPorts("bootstrapServers").required();
    Setting<String> commands = topic(kafka, "commandsTopic", "alertcap.commands");
    Setting<String> events = topic(kafka, "eventsTopic", "alertcap.events");
    Setting<String> nodes = topic(kafka, "nodesTopic", "alertcap.nodes");
    Setting<Boolean> create = kafka.bool("createTopics").orElse(false);
    Setting<Integer> partitions =
        kafka.integer("partitions").between(1, MAX_PARTITIONS).orElse(DEFAULT_PARTITIONS);
    Setting<Optional<Integer>> replicas =
        kafka.integer("replicationFactor").between(1, MAX_REPLICAS).optional();
    Setting<Map<String, Secret>> fromFile =
        kafka.path("propertiesFile").as(ClientProperties::read).orElse(Map.of());
    Setting<Map<String, Secret>> written =
        kafka.textMap("properties").as(ClientProperties::allowed).orElse(Map.of());
    return kafka.build(() ->
        new KafkaSettings(
            servers.get(),
            commands.get(),
            events.get(),
            nodes.get(),
            Optional.of(new TopicCreation(partitions.get(), replicas.get()))
                .filter(creation -> create.get()),
            merged(fromFile.get(), written.get())));
  }

  /** Kafka's own rule: {@code org.apache.kafka.common.internals.Topic}. */
  private static Setting<String> topic(Section kafka, String key, String standard) {
    return kafka
        .text(key)
        .check(
            name -> name.matches("[a-zA-Z0-9._-]{1,249}") && !name.matches("\\.{1,2}"),
            "must be the name of a topic: letters, digits, '.', '_' and '-'")
        .orElse(standard);
  }

  private static Map<String, Secret> merged(Map<String, Secret> file, Map<String, Secret> written) {
    Map<String, Secret> merged = new HashMap<>(file);
    merged.putAll(written);
    return merged;
  }

  /** {@code host:port,host:port}, for clients and for messages. */
  String servers() {
    return String.join(",", bootstrapServers.stream().map(HostPort::toString).toList());
  }
}
