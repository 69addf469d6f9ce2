package io.alertcap.schemas;

import java.util.List;
import java.util.Optional;

/**
 * What became of the captured file before its upload.
 *
 * @param payload how much was kept of each packet
 * @param plainBecause why the file was uploaded as it had been captured, without names and
 *     analysis; a sentence, absent where it was not
 * @param warnings sentences: names that were not to be had, an analysis that stopped
 */
public record Enrichment(
    PayloadProfile payload, Optional<String> plainBecause, List<String> warnings) {

  /** Most warnings. */
  public static final int MAX_WARNINGS = 16;

  /** Longest sentence, in characters; what is longer is cut. */
  public static final int MAX_LENGTH = 2048;

  public Enrichment {
    Constraints.present(payload, "payload");
    plainBecause = Constraints.optional(plainBecause).map(Enrichment::cut);
    warnings =
        Constraints.list(warnings, MAX_WARNINGS, "warnings").stream().map(Enrichment::cut).toList();
  }

  private static String cut(String sentence) {
    return Constraints.shortened(sentence, MAX_LENGTH);
  }
}
