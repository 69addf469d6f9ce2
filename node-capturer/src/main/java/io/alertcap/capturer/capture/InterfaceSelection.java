package io.alertcap.capturer.capture;

import io.alertcap.capturer.capture.InterfaceChoice.Any;
import io.alertcap.capturer.capture.InterfaceChoice.Auto;
import io.alertcap.capturer.capture.InterfaceChoice.Named;
import io.alertcap.capturer.netns.NamespaceInterfaces.Link;
import java.util.List;

/** A choice of interface, applied to the interfaces that there are. */
sealed interface InterfaceSelection {

  /** libpcap's name for all interfaces at once. */
  String ANY = "any";

  /**
   * There is something to capture on.
   *
   * @param deviceName what libpcap opens
   * @param watched the interfaces behind it; the capture's target is gone when all of them are
   */
  record Selected(String deviceName, List<String> watched) implements InterfaceSelection {}

  /** There is not. */
  record NoneFits(String reason) implements InterfaceSelection {}

  static InterfaceSelection of(InterfaceChoice choice, List<Link> links) {
    return switch (choice) {
      case Named(String name) -> named(name, links);
      case Any any -> new Selected(ANY, namesWithoutLoopback(links));
      case Auto auto -> automatic(links);
    };
  }

  private static InterfaceSelection named(String name, List<Link> links) {
    return links.stream().anyMatch(link -> link.name().equals(name))
        ? new Selected(name, List.of(name))
        : new NoneFits("There is no interface '" + name + "' here; there are " + names(links));
  }

  private static InterfaceSelection automatic(List<Link> links) {
    List<String> candidates =
        links.stream().filter(link -> link.up() && !link.loopback()).map(Link::name).toList();
    return switch (candidates.size()) {
      case 0 ->
          new NoneFits(
              "No interface but loopback is up here; there are "
                  + names(links)
                  + ". Name the one to capture on.");
      case 1 -> new Selected(candidates.getFirst(), candidates);
      default -> new Selected(ANY, candidates);
    };
  }

  private static List<String> namesWithoutLoopback(List<Link> links) {
    List<String> names = links.stream().filter(link -> !link.loopback()).map(Link::name).toList();
    return names.isEmpty() ? names(links) : names;
  }

  private static List<String> names(List<Link> links) {
    return links.stream().map(Link::name).toList();
  }
}
