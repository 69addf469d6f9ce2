package io.alertcap.foundation.policy;

import java.util.regex.Pattern;

/**
 * Some pods: one by its name, or those that a glob matches, {@code web-*}.
 *
 * @param glob in which * stands for any number of characters
 */
public record PodPattern(String glob) {

  private static final int MAX_LENGTH = 253;
  private static final Pattern GLOB = Pattern.compile("[-.a-z0-9*]{1," + MAX_LENGTH + "}");

  public PodPattern {
    if (!GLOB.matcher(glob).matches()) {
      throw new IllegalArgumentException("must be the name of a pod, in which * may stand");
    }
  }

  public boolean matches(String pod) {
    return Glob.matches(glob, pod);
  }

  @Override
  public String toString() {
    return glob;
  }
}
