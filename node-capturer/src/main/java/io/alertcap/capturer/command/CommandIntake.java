package io.alertcap.capturer.command;

/** Takes the commands of this node. Called by one thread, which it must not keep for long. */
@FunctionalInterface
public interface CommandIntake {

  /** Returns once the command is safe: it will never be offered again. */
  Answer take(NodeCommand command);

  /** Whether a command was taken. */
  sealed interface Answer {

    record Taken() implements Answer {}

    /**
     * Not now; offer it again.
     *
     * @param reason a sentence for the operator
     */
    record NotNow(String reason) implements Answer {}
  }
}
