package io.alertcap.capturer.enrich.names;

import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The {@code names} section.
 *
 * @param url of the trigger service; absent for files without names
 * @param token for it
 * @param caFile certificates, in PEM, that its own is checked against; the platform's where absent
 * @param timeout of one question; all those about one file take 2 s at most
 */
public record NamesSettings(
    Optional<URI> url, Optional<Secret> token, Optional<Path> caFile, Duration timeout) {

  /** An upload must not wait longer for what is merely nice to have. */
  public static final Duration LONGEST = Duration.ofSeconds(2);

  private static final Duration SHORTEST = Duration.ofMillis(10);

  /** Reads the section. */
  public static Setting<NamesSettings> from(Section names) {
    Setting<Optional<URI>> url =
        names
            .uri("url")
            .check(NamesSettings::isHttp, "must be http://host:port or https://host:port")
            .optional();
    Setting<Optional<Secret>> token = names.secret("token").optional();
    Setting<Optional<Path>> caFile = names.path("caFile").optional();
    Setting<Duration> timeout =
        names.duration("timeout").between(SHORTEST, LONGEST).orElse(LONGEST);
    return names.build(
        () -> new NamesSettings(url.get(), token.get(), caFile.get(), timeout.get()));
  }

  private static boolean isHttp(URI uri) {
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null;
  }
}
