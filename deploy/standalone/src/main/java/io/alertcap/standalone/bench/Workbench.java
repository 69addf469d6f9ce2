package io.alertcap.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a measure works with.
 *
 * @param rounds how often each contender has its turn
 * @param packets how many packets a run of captures is sent
 * @param captures how many captures are on record where it is about these
 * @param directory for files that nobody needs afterwards
 * @param progress told what is under way
 */
public record Workbench(
    int rounds, int packets, int captures, Path directory, Consumer<String> progress) {

  /** Enough for figures that do not depend on how the first of them fared. */
  public static final int USUAL_PACKETS = 2_000_000;

  /** So that no run fills a disk. */
  public static final int MOST_PACKETS = 10_000_000;

  /** A quiet month of a large cluster; {@link #MOST_CAPTURES} is a bad one. */
  public static final int USUAL_CAPTURES = 25_000;

  public static final int MOST_CAPTURES = 1_000_000;

  private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(2);

  /** Ten times what the slowest contender takes for one on a machine that does nothing else. */
  private static final Duration PATIENCE_PER_PACKET = Duration.ofNanos(50_000);

  public Workbench {
    if (rounds < 1 || packets < 1 || packets > MOST_PACKETS) {
      throw new IllegalArgumentException(
          "A bench has at least 1 round, of 1 to %,d packets.".formatted(MOST_PACKETS));
    }
    if (captures < 1 || captures > MOST_CAPTURES) {
      throw new IllegalArgumentException(
          "A record has 1 to %,d captures.".formatted(MOST_CAPTURES));
    }
  }

  /** How long a program may take that looks at every packet. */
  Duration patience() {
    return SHORTEST_PATIENCE.plus(PATIENCE_PER_PACKET.multipliedBy(packets));
  }

  /** Fails unless so many bytes have room in {@link #directory}. */
  void needRoom(long bytes) throws BenchFailed {
    try {
      long room = Files.getFileStore(directory).getUsableSpace();
      if (room < bytes) {
        throw new BenchFailed(
            "It needs %,d MiB below %s, and there are %,d: choose fewer by --packets or --captures"
                .formatted(bytes >> 20, directory, room >> 20));
      }
    } catch (IOException e) {
      throw new BenchFailed("The room below %s is not known: %s".formatted(directory, e), e);
    }
  }

  void say(int round, String what) {
    progress.accept("round %d of %d: %s".formatted(round + 1, rounds, what));
  }
}
