package io.alertcap.foundation.kafka;

import static org.apache.kafka.common.config.SaslConfigs.SASL_JAAS_CONFIG;
import static org.apache.kafka.common.config.SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MAX_MS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE;
import static org.apache.kafka.common.config.SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE;
import static org.apache.kafka.common.config.SaslConfigs.SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE;
import static org.apache.kafka.common.config.SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

/**
 * What a login at Kafka by tokens (OAUTHBEARER) needs besides what differs from one operator to the
 * next. Kafka asks only endpoints that a system property of the JVM allows, so that whoever may
 * give a client its properties cannot have it ask anything else; here that is the operator, and
 * what the operator's file names is allowed.
 */
final class TokenLogin {

  /** Kafka's documentation, "System Properties". */
  static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private static final String ALLOWED_FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

  private static final String FILE = "file:";

  private static final List<String> FILES =
      List.of(
          SASL_OAUTHBEARER_ASSERTION_FILE,
          SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE,
          SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE);

  /** By default Kafka waits for ever: a client is made where others wait for it. */
  private static final String CONNECT_MILLIS = "2000";

  private static final String READ_MILLIS = "3000";
  private static final String RETRY_MILLIS = "1000";

  private TokenLogin() {}

  /** Completes the properties of a client that is to ask for a token; leaves others as they are. */
  static void complete(Properties client) {
    Optional<String> endpoint =
        Optional.ofNullable(client.getProperty(SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL));
    if (endpoint.isEmpty()) {
      return;
    }
    client.putIfAbsent(
        SASL_LOGIN_CALLBACK_HANDLER_CLASS, OAuthBearerLoginCallbackHandler.class.getName());
    client.putIfAbsent(SASL_JAAS_CONFIG, OAuthBearerLoginModule.class.getName() + " required;");
    client.putIfAbsent(SASL_LOGIN_CONNECT_TIMEOUT_MS, CONNECT_MILLIS);
    client.putIfAbsent(SASL_LOGIN_READ_TIMEOUT_MS, READ_MILLIS);
    client.putIfAbsent(SASL_LOGIN_RETRY_BACKOFF_MAX_MS, RETRY_MILLIS);
    allow(ALLOWED_URLS, endpoint.get());
    if (endpoint.get().startsWith(FILE)) {
      allow(ALLOWED_FILES, endpoint.get().substring(FILE.length()).replaceFirst("^//", ""));
    }
    for (String key : FILES) {
      Optional.ofNullable(client.getProperty(key)).ifPresent(file -> allow(ALLOWED_FILES, file));
    }
  }

  private static synchronized void allow(String property, String value) {
    Set<String> allowed =
        new LinkedHashSet<>(Arrays.asList(System.getProperty(property, "").split(",")));
    allowed.remove("");
    if (allowed.add(value)) {
      System.setProperty(property, String.join(",", allowed));
    }
  }
}
