package io.alertcap.capturer.enrich.file;

import java.io.IOException;

/**
 * The file is neither pcap nor pcapng, or not of a kind that is read here; the message says why.
 */
public final class NotACaptureFile extends IOException {

  private static final long serialVersionUID = 1;

  NotACaptureFile(String message) {
    super(message);
  }
}
