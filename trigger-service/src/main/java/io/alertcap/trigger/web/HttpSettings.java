package io.alertcap.trigger.web;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.DataSize;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The section {@code http}.
 *
 * @param host name or address to listen on
 * @param port 0 for any that is free
 * @param maxBody of a webhook
 */
public record HttpSettings(String host, int port, DataSize maxBody) {

  private static final DataSize DEFAULT_MAX_BODY = DataSize.ofMebibytes(4);
  private static final DataSize MIN_MAX_BODY = DataSize.ofKibibytes(16);
  private static final DataSize MAX_MAX_BODY = DataSize.ofMebibytes(32);

  /**
   * Reads the section. Whoever can reach the service can have packets captured, so an address that
   * others can reach is refused unless {@code auth: none} says that this is meant.
   */
  public static Setting<HttpSettings> from(Section http) {
    Setting<String> host = http.text("host").orElse("127.0.0.1");
    Setting<Integer> port = http.integer("port").between(0, 65_535).orElse(8080);
    Setting<DataSize> maxBody =
        http.size("maxBody").between(MIN_MAX_BODY, MAX_MAX_BODY).orElse(DEFAULT_MAX_BODY);
    Setting<Optional<String>> auth =
        http.text("auth").check(word -> word.equals("none"), "must be none").optional();
    return http.build(() -> {
      if (auth.get().isEmpty() && !isLoopback(host.get())) {
        throw new IllegalArgumentException(
            "host "
                + host.get()
                + " can be reached by others: add auth: none if they may all have packets captured");
      }
      return new HttpSettings(host.get(), port.get(), maxBody.get());
    });
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host " + host + " has no address", e);
    }
  }
}
