package io.alertcap.capturer.capture;

import io.alertcap.capturer.capture.InterfaceChoice.Any;
import io.alertcap.capturer.capture.InterfaceChoice.Auto;
import io.alertcap.capturer.capture.InterfaceChoice.Named;
import io.alertcap.capturer.capture.InterfaceChoice.Several;
import io.alertcap.capturer.netns.NamespaceInterfaces.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A choice of interface, applied to the interfaces that there are. */
sealed interface InterfaceSelection {

  /** libpcap's name for all interfaces at once. */
  String ANY = "any";

  /**
   * There is something to capture on.
   *
   * @param deviceName what libpcap opens
   * @param watched the interfaces behind it; the capture's target is gone when all of them are
   * @param only what a packet must pass besides, where the device shows more than was chosen
   */
  record Selected(String deviceName, List<String> watched, CaptureFilter only)
      implements InterfaceSelection {

    Selected(String deviceName, List<String> watched) {
      this(deviceName, watched, CaptureFilter.EVERYTHING);
    }

    /** What is captured on, for people. */
    String label() {
      return only.isEverything() ? deviceName : String.join(",", watched);
    }
  }

  /** There is not. */
  record NoneFits(String reason) implements InterfaceSelection {}

  static InterfaceSelection of(InterfaceChoice choice, List<Link> links) {
    return switch (choice) {
      case Named(String name) -> named(name, links);
      case Several(List<Named> names) -> several(names, links);
      case Any any -> new Selected(ANY, namesWithoutLoopback(links));
      case Auto auto -> automatic(links);
    };
  }

  private static InterfaceSelection named(String name, List<Link> links) {
    return links.stream().anyMatch(link -> link.name().equals(name))
        ? new Selected(name, List.of(name))
        : new NoneFits("There is no interface '" + name + "' here; there are " + names(links));
  }

  /**
   * libpcap opens one interface, or all. So all are opened, and the kernel drops the packets of
   * those that were not chosen: by {@code ifindex}, which pcap-filter(7) knows for the link type
   * that is used with {@code any}.
   */
  private static InterfaceSelection several(List<Named> names, List<Link> links) {
    List<Link> chosen = new ArrayList<>();
    for (Named each : names) {
      switch (named(each.name(), links)) {
        case NoneFits none -> {
          return none;
        }
        case Selected unused ->
            links.stream().filter(link -> link.name().equals(each.name())).forEach(chosen::add);
      }
    }
    String filter =
        chosen.stream().map(link -> "ifindex " + link.index()).collect(Collectors.joining(" or "));
    return new Selected(ANY, chosen.stream().map(Link::name).toList(), new CaptureFilter(filter));
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
