package io.alertcap.standalone.bench;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a measure works with.
 *
 * @param rounds how often each contender has its turn
 * @param packets how many packets a run of captures is sent
 * @param directory for files that nobody needs afterwards
 * @param progress told what is under way
 */
public record Workbench(int rounds, int packets, Path directory, Consumer<String> progress) {

  /** So that no run fills a disk. */
  public static final int MOST_PACKETS = 2_000_000;

  public Workbench {
    if (rounds < 1 || packets < 1 || packets > MOST_PACKETS) {
      throw new IllegalArgumentException(
          "A bench has at least 1 round, of 1 to %,d packets.".formatted(MOST_PACKETS));
    }
  }

  void say(int round, String what) {
    progress.accept("round %d of %d: %s".formatted(round + 1, rounds, what));
  }
}
