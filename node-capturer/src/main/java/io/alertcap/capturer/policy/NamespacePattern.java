package io.alertcap.capturer.policy;

import java.util.regex.Pattern;

/**
 * Kubernetes namespaces, by name or by a glob, {@code team-*}: what the trigger service's policy
 * takes, so that one section can serve both.
 *
 * @param glob in which * stands for any number of characters
 */
public record NamespacePattern(String glob) {

  private static final Pattern GLOB = Pattern.compile("[-a-z0-9*]{1,63}");

  public NamespacePattern {
    if (!GLOB.matcher(glob).matches()) {
      throw new IllegalArgumentException("must be the name of a namespace, in which * may stand");
    }
  }

  /** Whether it is one of these. */
  boolean matches(String namespace) {
    return namespace.matches(glob.replaceAll("\\*+", ".*"));
  }

  @Override
  public String toString() {
    return glob;
  }
}
