package io.alertcap.embedded;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler;

/**
 * Clients that show a token (OAUTHBEARER), which somebody has signed.
 *
 * @param keys of whoever signs tokens, as a JSON Web Key Set
 * @param issuer that tokens have to be from
 * @param audience that they have to be for
 */
public record BrokerTokens(Path keys, String issuer, String audience) implements BrokerAccess {

  @Override
  public void applyTo(Properties settings, String clients, String controller) {
    System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", keys.toUri().toString());
    System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.files", keys.toString());
    String listener = "listener.name.%s.oauthbearer.".formatted(clients.toLowerCase(Locale.ROOT));
    settings.setProperty(
        "listener.security.protocol.map",
        "%s:SASL_PLAINTEXT,%s:PLAINTEXT".formatted(clients, controller));
    settings.setProperty("sasl.enabled.mechanisms", "OAUTHBEARER");
    settings.setProperty("sasl.mechanism.inter.broker.protocol", "OAUTHBEARER");
    settings.setProperty(
        listener + "sasl.jaas.config", OAuthBearerLoginModule.class.getName() + " required;");
    settings.setProperty(
        listener + "sasl.server.callback.handler.class",
        OAuthBearerValidatorCallbackHandler.class.getName());
    settings.setProperty("sasl.oauthbearer.jwks.endpoint.url", keys.toUri().toString());
    settings.setProperty("sasl.oauthbearer.expected.issuer", issuer);
    settings.setProperty("sasl.oauthbearer.expected.audience", audience);
  }
}
