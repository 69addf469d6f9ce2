package io.alertcap.capturer.enrich;

/** What came of a pass. There is always exactly one file, or none, to upload. */
public sealed interface EnrichOutcome {

  /** The file was made, and is on disk. */
  record Enriched(EnrichResult result) implements EnrichOutcome {}

  /**
   * It was not, and nothing speaks against uploading the plain pcap as it is.
   *
   * @param reason a sentence
   */
  record PlainInstead(String reason) implements EnrichOutcome {}

  /**
   * It was not, and the plain pcap must not leave the node, because it holds payload that is to be
   * held back.
   *
   * @param reason a sentence
   */
  record Withheld(String reason) implements EnrichOutcome {}

  /** The thread was interrupted; nothing is decided, and the pass can be run again. */
  record Interrupted() implements EnrichOutcome {}
}
