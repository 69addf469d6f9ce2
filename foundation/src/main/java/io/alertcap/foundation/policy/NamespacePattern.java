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

  /** Takes at most the product of both lengths, however many stars there are. */
  public boolean matches(String namespace) {
    int at = 0;
    int inName = 0;
    int star = -1;
    int starInName = 0;
    while (inName < namespace.length()) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        starInName = inName;
      } else if (at < glob.length() && glob.charAt(at) == namespace.charAt(inName)) {
        at++;
        inName++;
      } else if (star >= 0) {
        at = star + 1;
        inName = ++starInName;
      } else {
        return false;
      }
    }
    return glob.substring(at).chars().allMatch(c -> c == '*');
  }

  @Override
  public String toString() {
    return glob;
  }
}
