package io.alertcap.trigger.kubernetes;

import io.alertcap.trigger.target.IpAddresses;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which pods are behind which services, whether they are ready or not: an alert is rather about one
 * that is not. Thread-safe; reading never waits.
 */
final class EndpointIndex implements Index<EndpointIndex.Slice> {

  /** Set by whoever makes the slices of a service (KEP-752). */
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /**
   * What is kept of a slice. A service has several where it has many endpoints, or both kinds of
   * addresses.
   *
   * @param service absent of a slice that belongs to none
   * @param pods that it names
   * @param addresses of endpoints that name no pod, in canonical form
   */
  record Slice(Name name, Optional<Name> service, List<Name> pods, List<String> addresses) {}

  private final Map<Name, Slice> slices = new ConcurrentHashMap<>();
  private final Multimap<Name, Name> byService = new Multimap<>();
  private final Multimap<Name, Name> byPod = new Multimap<>();

  static Slice read(EndpointSlice slice) {
    Name name = Name.of(slice);
    Map<String, String> labels =
        slice.getMetadata().getLabels() == null ? Map.of() : slice.getMetadata().getLabels();
    return new Slice(
        name,
        Optional.ofNullable(labels.get(SERVICE_NAME))
            .map(service -> new Name(name.namespace(), service)),
        Listed.each(slice.getEndpoints()).flatMap(endpoint -> pod(endpoint, name)).toList(),
        Listed.each(slice.getEndpoints())
            .filter(endpoint -> pod(endpoint, name).findAny().isEmpty())
            .flatMap(endpoint -> Listed.each(endpoint.getAddresses()))
            .flatMap(address -> IpAddresses.canonical(address).stream())
            .toList());
  }

  private static Stream<Name> pod(Endpoint endpoint, Name slice) {
    ObjectReference target = endpoint.getTargetRef();
    return target != null && "Pod".equals(target.getKind())
        ? Stream.of(new Name(slice.namespace(), target.getName()))
        : Stream.of();
  }

  @Override
  public synchronized void put(Optional<Slice> before, Slice now) {
    slices.put(now.name, now);
    byService.move(now.name, service(before), service(Optional.of(now)));
    byPod.move(now.name, before.map(Slice::pods).orElse(List.of()), now.pods);
  }

  @Override
  public synchronized void remove(Slice before) {
    slices.remove(before.name);
    byService.move(before.name, service(Optional.of(before)), List.of());
    byPod.move(before.name, before.pods, List.of());
  }

  private static List<Name> service(Optional<Slice> slice) {
    return slice.flatMap(Slice::service).stream().toList();
  }

  /** The slices of a service. */
  List<Slice> of(Name service) {
    return entries(byService.get(service)).toList();
  }

  /** The services that a pod is behind, by name. */
  List<Name> servicesOf(Name pod) {
    return entries(byPod.get(pod))
        .flatMap(slice -> slice.service.stream())
        .distinct()
        .sorted(Comparator.comparing(Name::name))
        .toList();
  }

  private Stream<Slice> entries(Collection<Name> names) {
    return names.stream().flatMap(name -> Stream.ofNullable(slices.get(name)));
  }
}
