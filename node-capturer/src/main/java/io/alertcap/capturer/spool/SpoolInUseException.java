package io.alertcap.capturer.spool;

import java.io.IOException;
import java.nio.file.Path;

/** Another capturer works in this spool: two would run every capture twice. */
public final class SpoolInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  SpoolInUseException(Path directory) {
    super(
        directory
            + " is in use by another capturer: stop that one, or give this one a spool.directory of"
            + " its own");
  }
}
