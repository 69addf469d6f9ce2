package io.alertcap.foundation.kafka;

/** Whether a topic can be used. */
public sealed interface TopicState {

  /**
   * It is there, and as far as Kafka says this user may do with it what is needed.
   *
   * @param partitions of commands, they decide where those of a node are
   * @param id by which Kafka tells it from another topic that has had its name
   */
  record Ready(int partitions, String id) implements TopicState {}

  /**
   * Not now; it may be worth asking again.
   *
   * @param reason a sentence that says what to do
   */
  record NotReady(String reason) implements TopicState {}
}
