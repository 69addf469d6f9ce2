package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.capturer.enrich.names.NameLookup;
import io.alertcap.schemas.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The names of one file's addresses: asked for as they turn up, within a limit of time for all. */
final class FileNames {

  /** For the whole file: an upload must not wait for what is merely nice to have. */
  static final Duration LONGEST = Duration.ofSeconds(2);

  /** Of those with the most packets. */
  static final int MOST_ADDRESSES = 4096;

  private final Optional<AddressNames> source;
  private final Map<IpAddress, List<String>> known = new HashMap<>();
  private final Set<IpAddress> asked = new HashSet<>();
  private Duration left = LONGEST;
  private Optional<String> problem = Optional.empty();
  private int refused;
  private boolean tooMany;

  /** The target's own name is known from the start. */
  FileNames(Optional<AddressNames> source, Target target) {
    this.source = source;
    target
        .podIp()
        .flatMap(IpAddress::parse)
        .ifPresent(ip -> known.put(ip, List.of(target.namespace() + "/" + target.pod())));
  }

  /** Why some names are missing, if asking for them failed, or what came were none. */
  Optional<String> problem() {
    if (problem.isPresent() || (refused == 0 && !tooMany)) {
      return problem;
    }
    return Optional.of(
        refused > 0
            ? "%d of the names given look like none, and are left out.".formatted(refused)
            : "Names were asked for of %d addresses, those with the most packets, and of no more."
                .formatted(MOST_ADDRESSES));
  }

  List<String> of(IpAddress address) {
    return known.getOrDefault(address, List.of());
  }

  /**
   * Asks for the names of addresses that were not asked for yet. Does not ask again once that has
   * failed.
   *
   * @return the names of those of the addresses that this is the first call for
   */
  Map<IpAddress, List<String>> ofNew(List<AddressTable.Entry> addresses) {
    List<IpAddress> unasked =
        addresses.stream()
            .map(AddressTable.Entry::address)
            .filter(address -> !asked.contains(address))
            .toList();
    List<IpAddress> fresh =
        unasked.subList(0, Math.min(unasked.size(), MOST_ADDRESSES - asked.size()));
    tooMany |= source.isPresent() && fresh.size() < unasked.size();
    asked.addAll(fresh);
    if (!fresh.isEmpty() && problem.isEmpty()) {
      source.ifPresent(names -> lookUp(names, fresh));
    }
    Map<IpAddress, List<String>> found = new HashMap<>(known);
    found.keySet().retainAll(fresh);
    return found;
  }

  private void lookUp(AddressNames names, List<IpAddress> fresh) {
    if (left.isZero() || left.isNegative()) {
      problem = Optional.of("No time was left to ask for the names of all addresses.");
      return;
    }
    long start = System.nanoTime();
    switch (names.lookUp(fresh, left)) {
      case NameLookup.Found(Map<IpAddress, List<String>> found, int none) -> {
        found.forEach((address, more) -> known.merge(address, more, FileNames::both));
        refused += none;
      }
      case NameLookup.Unavailable(String reason) -> problem = Optional.of(reason);
    }
    left = left.minusNanos(System.nanoTime() - start);
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }
}
