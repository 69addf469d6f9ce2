package io.alertcap.capturer.prepare;

import io.alertcap.capturer.dns.VerdictThresholds;
import io.alertcap.capturer.enrich.DnsPorts;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.util.List;
import java.util.Set;

/**
 * That part of the {@code capture} section which is about what is uploaded.
 *
 * @param dnsPorts on which DNS is spoken; 53 among them whatever the file says
 * @param thresholds of the verdict
 */
public record PreparationSettings(
    FileFormat format, Compression compression, DnsPorts dnsPorts, VerdictThresholds thresholds) {

  public static final PreparationSettings STANDARD =
      new PreparationSettings(
          FileFormat.PCAPNG, Compression.GZIP, DnsPorts.STANDARD, VerdictThresholds.DEFAULTS);

  /** Reads its keys of the section. */
  public static Setting<PreparationSettings> from(Section capture) {
    Setting<FileFormat> format = capture.oneOf("format", FileFormat.class).orElse(STANDARD.format);
    Setting<Compression> compression =
        capture
            .oneOf("compression", Compression.class)
            .check(
                chosen -> chosen.problem().isEmpty(),
                "cannot be used on this machine: make java.io.tmpdir writable and executable, or choose gzip")
            .orElse(STANDARD.compression);
    Setting<List<Integer>> ports =
        capture.list("dnsPorts", PreparationSettings::port).orElse(List.of());
    Setting<VerdictThresholds> thresholds = VerdictThresholds.from(capture.section("verdict"));
    return capture.build(() ->
        new PreparationSettings(
            format.get(),
            compression.get(),
            DnsPorts.STANDARD.and(Set.copyOf(ports.get())),
            thresholds.get()));
  }

  private static Integer port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= DnsPorts.HIGHEST) {
        return port;
      }
    } catch (NumberFormatException refusedBelow) {
      // as any other number that is no port
    }
    throw new IllegalArgumentException("must be a port, from 1 to " + DnsPorts.HIGHEST);
  }
}
