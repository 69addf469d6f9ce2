package io.alertcap.capturer.enrich.file;

import java.util.Locale;

/** A format of capture files. */
public enum FileFormat {
  /** Carries comments, names and counts besides the packets. */
  PCAPNG,
  /** Carries packets only; every tool reads it. */
  PCAP;

  /** As it stands in the configuration and in an artifact. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a file's name, with its dot. */
  public String extension() {
    return "." + code();
  }
}
