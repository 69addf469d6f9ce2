package io.alertcap.capturer.command;

import io.alertcap.capturer.command.CommandIntake.Answer;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Commands that were read and could not be taken yet, in their order. What comes after them waits
 * as well, but for stops of other captures: these need no room, and are what makes some. Nothing
 * here is committed. Not thread-safe: belongs to the consumer's thread.
 */
final class HeldCommands {

  /** A poll can bring some hundreds more. */
  private static final int FULL = 100;

  private final Deque<Held> held = new ArrayDeque<>();

  private record Held(TopicPartition partition, long offset, NodeCommand command) {}

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Whether no more should be read. */
  boolean isFull() {
    return held.size() >= FULL;
  }

  /** Whether a command that was read now has to wait behind these. */
  boolean bars(NodeCommand command) {
    return command instanceof NodeCommand.Understood(CaptureCommand.Stop stop)
        ? holds(stop.id())
        : !held.isEmpty();
  }

  void add(TopicPartition partition, long offset, NodeCommand command) {
    held.add(new Held(partition, offset, command));
  }

  /** Offers them again, in order, until one is not taken; returns why it is not. */
  Optional<String> offerTo(CommandIntake intake) {
    while (!held.isEmpty()) {
      switch (intake.take(held.element().command())) {
        case Answer.Taken taken -> held.remove();
        case Answer.NotNow(String reason) -> {
          return Optional.of(reason);
        }
      }
    }
    return Optional.empty();
  }

  /** The offset before which everything of a partition was taken, if something of it is held. */
  Optional<Long> firstOf(TopicPartition partition) {
    return held.stream()
        .filter(each -> each.partition().equals(partition))
        .map(Held::offset)
        .findFirst();
  }

  private boolean holds(CaptureId id) {
    return held.stream()
        .anyMatch(each ->
            each.command() instanceof NodeCommand.Understood(CaptureCommand command)
                && command.id().equals(id));
  }
}
