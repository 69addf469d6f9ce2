package io.alertcap.foundation.policy;

import java.util.regex.Pattern;

/**
 * Some Kubernetes namespaces: one by its name, or those that a glob matches, {@code team-*}.
 *
 * @param glob in which * stands for any number of characters
 */
public record NamespacePattern(String glob) {

  private static final int MAX_LENGTH = 63;
  private static final Pattern GLOB = Pattern.compile("[-a-z0-9*]{1," + MAX_LENGTH + "}");

  /** Every namespace. */
  public static final NamespacePattern ANY = new NamespacePattern("*");

  public NamespacePattern {
    if (!GLOB.matcher(glob).matches()) {
      throw new IllegalArgumentException("must be the name of a namespace, in which * may stand");
    }
  }

  public boolean matches(String namespace) {
    return Glob.matches(glob, namespace);
  }

  @Override
  public String toString() {
    return glob;
  }
}
