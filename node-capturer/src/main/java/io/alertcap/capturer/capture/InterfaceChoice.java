package io.alertcap.capturer.capture;

import java.util.regex.Pattern;

/** On which of a namespace's interfaces to capture. */
public sealed interface InterfaceChoice {

  /** The one that is up and no loopback; where there are several, all of them. */
  record Auto() implements InterfaceChoice {}

  /** All of them at once; their link layer is lost, a "cooked" header takes its place. */
  record Any() implements InterfaceChoice {}

  /** The one of this name. */
  record Named(String name) implements InterfaceChoice {

    /** {@code dev_valid_name()} of the kernel, without the characters that libpcap interprets. */
    private static final Pattern VALID = Pattern.compile("[^\\s/:,]{1,15}");

    /**
     * @throws IllegalArgumentException with a sentence for whoever chose the interface
     */
    public Named {
      if (!VALID.matcher(name).matches() || name.equals(".") || name.equals("..")) {
        throw new IllegalArgumentException(
            "'%s' is no interface: give one name of at most 15 characters, or 'any', or 'auto'."
                .formatted(name));
      }
    }
  }

  /**
   * Reads {@code auto}, {@code any} or a name.
   *
   * @throws IllegalArgumentException as {@link Named} does
   */
  static InterfaceChoice parse(String text) {
    return switch (text) {
      case "auto" -> new Auto();
      case "any" -> new Any();
      default -> new Named(text);
    };
  }
}
