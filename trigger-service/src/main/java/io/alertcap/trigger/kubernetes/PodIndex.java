package io.alertcap.trigger.kubernetes;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The pods, by everything that an alert may name. Thread-safe; reading never waits. */
final class PodIndex implements Index<PodEntry> {

  private final Map<Name, PodEntry> byName = new ConcurrentHashMap<>();
  private final Multimap<String, Name> byNamespace = new Multimap<>();
  private final Multimap<String, Name> byAddress = new Multimap<>();
  private final Multimap<Owner, Name> byOwner = new Multimap<>();
  private final Multimap<String, Name> hostNetworkByNode = new Multimap<>();

  @Override
  public synchronized void put(Optional<PodEntry> before, PodEntry now) {
    byName.put(now.name(), now);
    move(now.name(), before, Optional.of(now));
  }

  @Override
  public synchronized void remove(PodEntry before) {
    byName.remove(before.name());
    move(before.name(), Optional.of(before), Optional.empty());
  }

  private void move(Name pod, Optional<PodEntry> from, Optional<PodEntry> to) {
    byNamespace.move(pod, namespace(from), namespace(to));
    byAddress.move(pod, ownAddresses(from), ownAddresses(to));
    byOwner.move(pod, owner(from), owner(to));
    hostNetworkByNode.move(pod, sharedNode(from), sharedNode(to));
  }

  private static List<String> namespace(Optional<PodEntry> pod) {
    return pod.map(one -> one.name().namespace()).stream().toList();
  }

  /** Those of a node are the node's, and those of a pod that has ended may be another's by now. */
  private static List<String> ownAddresses(Optional<PodEntry> pod) {
    return pod.filter(one -> !one.hostNetwork() && !one.ended())
        .map(PodEntry::addresses)
        .orElse(List.of());
  }

  private static List<Owner> owner(Optional<PodEntry> pod) {
    return pod.flatMap(PodEntry::owner).stream().toList();
  }

  private static List<String> sharedNode(Optional<PodEntry> pod) {
    return pod.filter(PodEntry::hostNetwork).map(PodEntry::node).stream().toList();
  }

  Optional<PodEntry> find(Name pod) {
    return Optional.ofNullable(byName.get(pod));
  }

  List<PodEntry> inNamespace(String namespace) {
    return entries(byNamespace.get(namespace));
  }

  /**
   * @param address in canonical form
   */
  List<PodEntry> withAddress(String address) {
    return entries(byAddress.get(address));
  }

  Stream<PodEntry> ownedBy(Owner owner) {
    return entries(byOwner.get(owner)).stream();
  }

  /** Those that share the network of this node. */
  List<PodEntry> inNetworkOf(String node) {
    return entries(hostNetworkByNode.get(node));
  }

  int size() {
    return byName.size();
  }

  private List<PodEntry> entries(Collection<Name> names) {
    return names.stream().flatMap(name -> Stream.ofNullable(byName.get(name))).toList();
  }
}
