package io.alertcap.trigger.access;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of one caller, as their file last held them. A file that becomes unreadable changes
 * nothing: to take a credential away, put another one into its place. Thread-safe.
 */
final class Keyring {

  private static final Logger log = LoggerFactory.getLogger(Keyring.class);

  private final Caller caller;
  private final String prefix;
  private final SecretFile file;

  private volatile List<SecretHash> hashes;
  private String lastFailure = "";

  /**
   * Reads the file.
   *
   * @param prefix of each line of the file, to make a credential of it
   * @throws IOException if there is no usable secret in it
   */
  Keyring(Caller caller, String prefix, SecretFile file) throws IOException {
    this.caller = caller;
    this.prefix = prefix;
    this.file = file;
    this.hashes = read();
  }

  /** What came of looking at the file again. */
  enum Refresh {
    UNCHANGED,
    CHANGED,
    FAILED
  }

  Caller caller() {
    return caller;
  }

  /** Compares with each secret, whichever matches. */
  boolean has(SecretHash presented) {
    boolean found = false;
    for (SecretHash hash : hashes) {
      found |= hash.matches(presented);
    }
    return found;
  }

  /** To be called by one thread. A failure is logged once, until there is another or none. */
  Refresh refresh() {
    try {
      List<SecretHash> now = read();
      lastFailure = "";
      if (same(now, hashes)) {
        return Refresh.UNCHANGED;
      }
      hashes = now;
      log.info("Took over {} credential(s) from {}", now.size(), file.path());
      return Refresh.CHANGED;
    } catch (IOException e) {
      String failure = SecretFile.why(file.path(), e);
      if (!failure.equals(lastFailure)) {
        log.warn("Keeping the credentials as they were: {}", failure);
        lastFailure = failure;
        return Refresh.FAILED;
      }
      return Refresh.UNCHANGED;
    }
  }

  private List<SecretHash> read() throws IOException {
    return file.read().stream().map(secret -> SecretHash.of(prefix + secret)).toList();
  }

  private static boolean same(List<SecretHash> a, List<SecretHash> b) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = a.get(i).matches(b.get(i));
    }
    return same;
  }
}
