package io.alertcap.foundation.kafka;

/** Whether a topic can be used. */
public sealed interface TopicState {

  /**
   * It is there, and as far as Kafka says this user may do with it what is needed.
   *
   * @param partitions of commands, they decide where those of a node are
   */
  record Ready(int partitions) implements TopicState {}

  /**
   * Not now; it may be worth asking again.
   *
   * @param reason a sentence that says what to do
   */
  record NotReady(String reason) implements TopicState {}
}
