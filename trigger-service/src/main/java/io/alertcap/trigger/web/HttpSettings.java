package io.alertcap.trigger.web;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.AuthSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The section {@code http}.
 *
 * @param host name or address to listen on
 * @param port 0 for any that is free
 * @param maxBody of a webhook
 * @param auth how callers prove who they are
 * @param tls absent where HTTP is spoken in the clear
 */
public record HttpSettings(
    String host, int port, DataSize maxBody, AuthSettings auth, Optional<TlsSettings> tls) {

  private static final DataSize DEFAULT_MAX_BODY = DataSize.ofMebibytes(32);
  private static final DataSize MIN_MAX_BODY = DataSize.ofKibibytes(16);
  private static final DataSize MAX_MAX_BODY = DataSize.ofMebibytes(256);

  /**
   * Reads the section. Whoever can reach the service can have packets captured, so an address that
   * others can reach is refused where {@code auth} says nothing, not even {@code none}.
   */
  public static Setting<HttpSettings> from(Section http) {
    Setting<String> host = http.text("host").orElse("127.0.0.1");
    Setting<Integer> port = http.integer("port").between(0, 65_535).orElse(8080);
    Setting<DataSize> maxBody =
        http.size("maxBody").between(MIN_MAX_BODY, MAX_MAX_BODY).orElse(DEFAULT_MAX_BODY);
    Setting<Optional<AuthSettings>> auth = AuthSettings.from(http);
    Setting<Optional<TlsSettings>> tls = TlsSettings.from(http);
    return http.build(() -> {
      if (auth.get().isEmpty() && !isLoopback(host.get())) {
        throw new IllegalArgumentException(
            "host "
                + host.get()
                + " can be reached by others: say in auth who they are,"
                + " or auth: none if they may all have packets captured");
      }
      AuthSettings known = auth.get().orElseGet(AuthSettings.Open::new);
      requireAuthorityOf(known, tls.get());
      return new HttpSettings(host.get(), port.get(), maxBody.get(), known, tls.get());
    });
  }

  /** Without a CA no client would ever be asked for its certificate. */
  private static void requireAuthorityOf(AuthSettings auth, Optional<TlsSettings> tls) {
    boolean named =
        auth instanceof AuthSettings.Required required && !required.clientCertificates().isEmpty();
    if (named && tls.flatMap(TlsSettings::clients).isEmpty()) {
      throw new IllegalArgumentException(
          "auth.clientCertificates needs tls.clientCaFile, the authority that signs them");
    }
  }

  /** Whether credentials come over a network as they are. */
  boolean credentialsInTheClear() {
    return auth instanceof AuthSettings.Required && tls.isEmpty() && !isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host " + host + " has no address", e);
    }
  }
}
