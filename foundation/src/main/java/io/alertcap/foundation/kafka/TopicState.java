package io.alertcap.foundation.kafka;

/** Whether the two topics can be used. */
public sealed interface TopicState {

  /**
   * Both are there.
   *
   * @param commandPartitions of the commands topic: it decides where a node's commands are
   * @param eventPartitions of the events topic
   */
  record Ready(int commandPartitions, int eventPartitions) implements TopicState {}

  /**
   * Not now; it may be worth asking again.
   *
   * @param reason a sentence that says what to do
   */
  record NotReady(String reason) implements TopicState {}
}
