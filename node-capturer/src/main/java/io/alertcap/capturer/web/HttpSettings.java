package io.alertcap.capturer.web;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;

/**
 * The {@code http} section.
 *
 * @param host address to listen on
 * @param port 0 for any that is free
 */
public record HttpSettings(String host, int port) {

  private static final int PORT = 8081;
  private static final int MAX_PORT = 65_535;

  public static Setting<HttpSettings> from(Section http) {
    Setting<String> host =
        http.text("host").check(text -> !text.isBlank(), "must not be empty").orElse("0.0.0.0");
    Setting<Integer> port = http.integer("port").between(0, MAX_PORT).orElse(PORT);
    return http.build(() -> new HttpSettings(host.get(), port.get()));
  }
}
