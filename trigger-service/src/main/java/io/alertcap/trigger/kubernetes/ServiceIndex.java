package io.alertcap.trigger.kubernetes;

import io.alertcap.trigger.target.IpAddresses;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The services, by cluster address. Thread-safe; reading never waits. */
final class ServiceIndex implements Index<ServiceIndex.ServiceEntry> {

  /**
   * What is kept of a service.
   *
   * @param addresses in canonical form; a headless service has none
   */
  record ServiceEntry(Name name, List<String> addresses) {}

  private final Multimap<String, Name> byAddress = new Multimap<>();
  private final Multimap<Name, Name> known = new Multimap<>();

  static ServiceEntry read(Service service) {
    Stream<String> addresses =
        service.getSpec() == null
            ? Stream.of()
            : Stream.concat(
                Stream.ofNullable(service.getSpec().getClusterIP()),
                Listed.each(service.getSpec().getClusterIPs()));
    return new ServiceEntry(
        Name.of(service),
        addresses.flatMap(text -> IpAddresses.canonical(text).stream()).distinct().toList());
  }

  @Override
  public synchronized void put(Optional<ServiceEntry> before, ServiceEntry now) {
    known.move(now.name, List.of(), List.of(now.name));
    byAddress.move(now.name, before.map(ServiceEntry::addresses).orElse(List.of()), now.addresses);
  }

  @Override
  public synchronized void remove(ServiceEntry before) {
    known.move(before.name, List.of(before.name), List.of());
    byAddress.move(before.name, before.addresses, List.of());
  }

  boolean has(Name service) {
    return !known.get(service).isEmpty();
  }

  /**
   * @param address in canonical form
   */
  Collection<Name> withAddress(String address) {
    return byAddress.get(address);
  }
}
