package io.alertcap.trigger.web;

import io.alertcap.foundation.config.Field;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.InvalidField;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the front needs to speak TLS: {@code http.tls}. All files are PEM, and are looked at again
 * while the service runs.
 *
 * @param certificate of the service, followed by those of the authorities between it and the root
 * @param key of that certificate, not encrypted
 * @param clients absent where clients are not asked for certificates
 */
public record TlsSettings(Path certificate, Path key, Optional<Clients> clients) {

  /**
   * Which certificates of clients are taken.
   *
   * @param authority one or more certificates; a client's must lead to one of them
   * @param required whether a client without one is refused at the handshake
   */
  public record Clients(Path authority, boolean required) {}

  private enum ClientAuth {
    REQUESTED,
    REQUIRED
  }

  /** Reads {@code tls}; where nothing of it is given, by file or variable, there is no TLS. */
  static Setting<Optional<TlsSettings>> from(Section http) {
    boolean given = http.isSection("tls");
    Section tls = http.section("tls");
    Setting<Optional<Path>> certificate = file(tls, "certFile").optional();
    Setting<Optional<Path>> key = file(tls, "keyFile").optional();
    Setting<Optional<Path>> authority = file(tls, "clientCaFile").optional();
    Setting<Optional<ClientAuth>> auth = tls.oneOf("clientAuth", ClientAuth.class).optional();
    return tls.build(() -> {
      if (auth.get().isPresent() && authority.get().isEmpty()) {
        throw new InvalidField("clientAuth", "needs clientCaFile, the authority to ask for");
      }
      boolean wanted = Stream.of(certificate, key, authority).anyMatch(it -> it.get().isPresent());
      if (!given && !wanted) {
        return Optional.empty();
      }
      boolean required = auth.get().equals(Optional.of(ClientAuth.REQUIRED));
      return Optional.of(
          new TlsSettings(
              certificate.get().orElseThrow(() -> new InvalidField("certFile", "is missing")),
              key.get().orElseThrow(() -> new InvalidField("keyFile", "is missing")),
              authority.get().map(ca -> new Clients(ca, required))));
    });
  }

  private static Field<Path> file(Section tls, String key) {
    return tls.path(key).check(Files::isReadable, "must be a file that this user may read");
  }
}
