package io.alertcap.capturer.container;

import java.util.regex.Pattern;

/**
 * A container's full ID: 64 lower-case hexadecimal digits, without the runtime's scheme.
 *
 * <p>A shortened ID is refused, because several containers of a node can share a prefix, and a
 * capture of the wrong one cannot be told from a capture of the right one afterwards.
 */
public record ContainerId(String hex) {

  private static final Pattern FULL = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SCHEME = Pattern.compile("^(?:containerd|cri-o|docker)://");

  /**
   * @throws IllegalArgumentException if {@code hex} is not a full ID; the message is a sentence for
   *     the sender of the ID
   */
  public ContainerId {
    if (!FULL.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "A container ID is 64 lower-case hexadecimal digits, optionally after containerd://,"
              + " cri-o:// or docker://; this is not one: '"
              + abbreviated(hex)
              + "'.");
    }
  }

  /**
   * Reads an ID as a pod's status shows it ({@code containerd://…}, {@code cri-o://…}, {@code
   * docker://…}), or bare.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  public static ContainerId parse(String text) {
    return new ContainerId(SCHEME.matcher(text).replaceFirst(""));
  }

  @Override
  public String toString() {
    return hex;
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
