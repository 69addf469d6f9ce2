package io.alertcap.capturer.spool;

import io.alertcap.schemas.DataSize;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** How much the spool holds, and whether there is room for more. */
final class SpoolSpace {

  /** Without room for some packets there is no point in beginning. */
  private static final DataSize LEAST_ROOM = DataSize.ofMebibytes(1);

  private static final DataSize MIN_FREE = DataSize.ofGibibytes(1);
  private static final int MIN_FREE_DIVISOR = 20;

  private final SpoolSettings settings;
  private final SpoolLayout layout;
  private final FreeSpace freeSpace;
  private final Collection<SpooledCapture> captures;
  private final Collection<SpooledCapture> foreign;

  /**
   * @param captures that are not done; a view
   * @param foreign that lie there for another store
   */
  SpoolSpace(
      SpoolSettings settings,
      SpoolLayout layout,
      FreeSpace freeSpace,
      Collection<SpooledCapture> captures,
      Collection<SpooledCapture> foreign) {
    this.settings = settings;
    this.layout = layout;
    this.freeSpace = freeSpace;
    this.captures = captures;
    this.foreign = foreign;
  }

  /**
   * Bytes of all captures, what is made of them included, of those that are kept, and of what is
   * put aside: nothing deletes either but who runs the node.
   */
  long usedBytes() throws IOException {
    long underWay =
        Stream.concat(captures.stream(), foreign.stream())
            .mapToLong(SpooledCapture::spooledBytes)
            .sum();
    return underWay + DirectorySize.of(layout.kept()) + DirectorySize.of(layout.quarantine());
  }

  /**
   * Why no more packets should be written, as a sentence that says what to do; empty if there is
   * room.
   */
  Optional<String> shortage() {
    try {
      long used = usedBytes();
      if (used + LEAST_ROOM.bytes() > settings.maxBytes().bytes()) {
        return Optional.of(
            "The spool %s holds %s of spool.maxBytes %s: wait for its uploads, fetch and delete what is in %s and %s, or raise spool.maxBytes."
                .formatted(
                    layout.root(),
                    mebibytes(used),
                    settings.maxBytes(),
                    layout.kept(),
                    layout.quarantine()));
      }
      FreeSpace.Space space = freeSpace.now();
      DataSize floor = settings.minFree().orElseGet(() -> standardFloor(space));
      if (space.usable() - LEAST_ROOM.bytes() < floor.bytes()) {
        return Optional.of(
            "The file system of the spool %s has %s left, and spool.minFree is %s: free space on the node, or lower spool.minFree."
                .formatted(layout.root(), mebibytes(space.usable()), floor));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "The spool %s cannot be examined (%s): repair what spool.directory is mounted from."
              .formatted(layout.root(), e));
    }
  }

  private static DataSize standardFloor(FreeSpace.Space space) {
    return DataSize.ofBytes(Math.min(MIN_FREE.bytes(), space.total() / MIN_FREE_DIVISOR));
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + "MiB";
  }
}
