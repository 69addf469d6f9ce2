package io.alertcap.capturer.capture;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
   * Those of these names, at once, as with {@link Any}.
   *
   * @param names two or more, all different
   */
  record Several(List<Named> names) implements InterfaceChoice {

    public Several {
      names = List.copyOf(names);
    }
  }

  /**
   * Reads {@code auto}, {@code any}, a name, or several separated by commas.
   *
   * @throws IllegalArgumentException as {@link Named} does
   */
  static InterfaceChoice parse(String text) {
    return switch (text) {
      case "auto" -> new Auto();
      case "any" -> new Any();
      default -> named(text);
    };
  }

  private static InterfaceChoice named(String text) {
    List<Named> names = Stream.of(text.split(",", -1)).distinct().map(Named::new).toList();
    return names.size() == 1 ? names.getFirst() : new Several(names);
  }
}
