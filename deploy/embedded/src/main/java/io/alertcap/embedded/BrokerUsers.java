package io.alertcap.embedded;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * Who may use a broker, by name and password (SASL/PLAIN), and that they may do only what its ACLs
 * allow: as brokers in clusters do, and as the embedded one does not unless it is told to.
 *
 * @param administrator one of the names, who may do everything
 */
public record BrokerUsers(Map<String, String> passwords, String administrator)
    implements BrokerAccess {

  /** The broker and its controller, between which nobody logs in. */
  private static final String ITSELF = "ANONYMOUS";

  /** Refuses an administrator whom nobody knows. */
  public BrokerUsers {
    passwords = Map.copyOf(passwords);
    if (!passwords.containsKey(administrator)) {
      throw new IllegalArgumentException(administrator + " has no password");
    }
  }

  /** What the client of one of them is configured with besides the broker's address. */
  public Map<String, String> clientProperties(String user) {
    String password = passwords.get(user);
    if (password == null) {
      throw new IllegalArgumentException(user + " has no password");
    }
    return clientProperties(user, password);
  }

  /** The same with any name and password. */
  public static Map<String, String> clientProperties(String user, String password) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        login("username=\"%s\" password=\"%s\"".formatted(user, password)));
  }

  @Override
  public void applyTo(Properties settings, String clients, String controller) {
    settings.setProperty(
        "listener.security.protocol.map",
        "%s:SASL_PLAINTEXT,%s:PLAINTEXT".formatted(clients, controller));
    settings.setProperty("sasl.enabled.mechanisms", "PLAIN");
    settings.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.setProperty(
        "listener.name.%s.plain.sasl.jaas.config".formatted(clients.toLowerCase(Locale.ROOT)),
        login(
            new TreeMap<>(passwords)
                .entrySet().stream()
                    .map(user -> "user_%s=\"%s\"".formatted(user.getKey(), user.getValue()))
                    .collect(
                        Collectors.joining(
                            " ",
                            "username=\"%s\" password=\"%s\" "
                                .formatted(administrator, passwords.get(administrator)),
                            ""))));
    settings.setProperty("authorizer.class.name", StandardAuthorizer.class.getName());
    settings.setProperty("super.users", "User:%s;User:%s".formatted(administrator, ITSELF));
  }

  private static String login(String options) {
    return PlainLoginModule.class.getName() + " required " + options + ";";
  }

  @Override
  public String toString() {
    return "BrokerUsers" + passwords.keySet();
  }
}
