package io.alertcap.acceptance.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Texts that nobody but their owners may see, plainly or in Base64. */
final class Secrets {

  /** For Logback: what no operator would dare. */
  static final String EVERYTHING_LOGGED =
      """
      <configuration>
        <appender name="all" class="ch.qos.logback.core.ConsoleAppender">
          <target>System.err</target>
          <encoder><pattern>%d %-5level [%thread] %logger: %msg%n</pattern></encoder>
        </appender>
        <root level="debug"><appender-ref ref="all"/></root>
      </configuration>
      """;

  private record Secret(String name, String text) {}

  private final List<Secret> all = new ArrayList<>();

  /** A new one. */
  String make(String name) {
    byte[] random = new byte[12];
    ThreadLocalRandom.current().nextBytes(random);
    String text = name + "-" + HexFormat.of().formatHex(random);
    add(name, text);
    return text;
  }

  void add(String name, String text) {
    assertThat(text).as(name).hasSizeGreaterThan(11);
    all.add(new Secret(name, text));
    all.add(new Secret(name + " in Base64", base64(text)));
  }

  /** As HTTP sends it. */
  void addBasic(String user, String password) {
    all.add(new Secret("basic authentication", base64(user + ":" + password)));
  }

  /** As SASL sends it. */
  void addPlainLogin(String user, String password) {
    all.add(new Secret("a login at Kafka", base64("\0" + user + "\0" + password)));
  }

  /** The message shows no more than the line before and after. */
  void areNotIn(String where, String text) {
    for (Secret secret : all) {
      int found = text.indexOf(secret.text);
      assertThat(found)
          .as(() ->
              "%s is in %s: %s"
                  .formatted(secret.name, where, text.substring(Math.max(0, found - 300), found)))
          .isEqualTo(-1);
    }
  }

  /** Of the captures in a list. */
  static String firstId(String list) {
    return Json.mapper().readTree(list).get("captures").get(0).get("id").stringValue();
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
