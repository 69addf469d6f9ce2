package io.alertcap.foundation.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment variables that may override a value of the file, and which of them were asked
 * for.
 */
final class Environment {

  private static final String PREFIX = "ALERTCAP_";

  /** Read elsewhere: by the launcher, and by logback.xml. */
  private static final Set<String> NOT_CONFIGURATION =
      Set.of("ALERTCAP_CONFIG", "ALERTCAP_LOG_FORMAT", "ALERTCAP_LOG_LEVEL");

  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern SEPARATOR = Pattern.compile("[.-]");

  /**
   * What Kubernetes sets in every pod for a Service: {@code ALERTCAP_HTTP_PORT=tcp://10.96.0.7:80}
   * for one named alertcap-http.
   */
  private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://[^/]*");

  private final Map<String, String> variables = new TreeMap<>();
  private final Map<String, String> serviceLinks = new TreeMap<>();
  private final Set<String> asked = new HashSet<>();

  Environment(Map<String, String> all) {
    Map<String, String> ours = new HashMap<>(all);
    ours.keySet().removeIf(name -> !name.startsWith(PREFIX) || NOT_CONFIGURATION.contains(name));
    ours.forEach((name, value) ->
        (SERVICE_LINK.matcher(value).matches() ? serviceLinks : variables).put(name, value));
  }

  /** {@code kafka.bootstrapServers} → {@code ALERTCAP_KAFKA_BOOTSTRAP_SERVERS}. */
  static String variable(String path) {
    String words = SEPARATOR.matcher(HUMP.matcher(path).replaceAll("_")).replaceAll("_");
    return PREFIX + words.toUpperCase(Locale.ROOT);
  }

  Optional<String> ask(String variable) {
    asked.add(variable);
    return Optional.ofNullable(variables.get(variable));
  }

  /** A sentence on every variable that looks meant for us and changed nothing. */
  List<String> unused() {
    Map<String, String> sentences = new TreeMap<>();
    for (String name : variables.keySet()) {
      if (!asked.contains(name)) {
        String hint =
            Spelling.closest(name, asked).map(n -> "; did you mean " + n + "?").orElse("");
        sentences.put(name, name + " is set, but names no setting" + hint);
      }
    }
    for (String name : serviceLinks.keySet()) {
      if (asked.contains(name)) {
        sentences.put(
            name,
            name
                + " is ignored: it is what Kubernetes sets for a Service of that name"
                + " (enableServiceLinks: false in the pod avoids it)");
      }
    }
    return List.copyOf(sentences.values());
  }
}
