package io.alertcap.capturer.enrich;

import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.schemas.PayloadProfile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes what is uploaded of what was captured. Reads the plain pcap of the spool once, in memory
 * that does not grow with it, and never changes it.
 */
public final class EnrichPass {

  private final Optional<AddressNames> names;
  private final Room room;

  /**
   * @param names absent for files without names
   * @param room for the new file
   */
  public EnrichPass(Optional<AddressNames> names, Room room) {
    this.names = names;
    this.room = room;
  }

  /**
   * Runs a pass; blocks for as long as it takes, and ends early if the thread is interrupted.
   * Nothing is thrown for what the file holds, nor for a full disk: then there is no new file, and
   * the outcome says what to do instead.
   *
   * @param plain the pcap file
   * @param target the file to make, or to replace; it exists only when it is complete and on disk
   * @param observers shown every packet
   */
  public EnrichOutcome run(
      Path plain, Path target, EnrichContext context, List<PacketObserver> observers) {
    try (OutputFile file = OutputFile.create(target, room)) {
      return new EnrichOutcome.Enriched(
          new PassRun(context, names, observers).write(plain, target, file));
    } catch (ClosedByInterruptException interrupted) {
      return new EnrichOutcome.Interrupted();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // what an analysis keeps is bounded, but so is the heap that it shares with captures
      return instead(context.payload(), "The file could not be enriched: " + reason(e));
    }
  }

  private static String reason(Throwable e) {
    return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
  }

  private static EnrichOutcome instead(PayloadProfile payload, String reason) {
    return switch (payload) {
      case FULL -> new EnrichOutcome.PlainInstead(reason);
      case DNS, HEADERS -> new EnrichOutcome.Withheld(reason);
    };
  }
}
