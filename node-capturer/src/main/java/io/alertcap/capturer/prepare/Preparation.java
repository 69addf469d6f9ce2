package io.alertcap.capturer.prepare;

/** What came of preparing a capture. */
public sealed interface Preparation {

  /** There is a file to upload. */
  record Ready(Prepared prepared) implements Preparation {}

  /**
   * There is none now: what was captured holds payload that policy keeps on the node, and could not
   * be freed of it. Worth another try, as room on a disk may be all that is missing.
   *
   * @param reason a sentence
   */
  record Withheld(String reason) implements Preparation {}

  /** The thread was interrupted, and nothing is decided. */
  record Interrupted() implements Preparation {}
}
