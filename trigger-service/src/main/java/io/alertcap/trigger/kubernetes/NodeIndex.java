package io.alertcap.trigger.kubernetes;

import io.alertcap.trigger.target.IpAddresses;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The nodes, by name and address. Thread-safe; reading never waits. */
final class NodeIndex implements Index<NodeIndex.NodeEntry> {

  /**
   * What is kept of a node.
   *
   * @param names its own, host names, and addresses in canonical form
   */
  record NodeEntry(String name, List<String> names) {}

  private final Multimap<String, String> byName = new Multimap<>();

  static NodeEntry read(Node node) {
    String name = node.getMetadata().getName().intern();
    Stream<String> addresses =
        node.getStatus() == null
            ? Stream.of()
            : Listed.each(node.getStatus().getAddresses()).map(NodeAddress::getAddress);
    return new NodeEntry(
        name,
        Stream.concat(
                Stream.of(name), addresses.map(text -> IpAddresses.canonical(text).orElse(text)))
            .distinct()
            .toList());
  }

  @Override
  public synchronized void put(Optional<NodeEntry> before, NodeEntry now) {
    byName.move(now.name, before.map(NodeEntry::names).orElse(List.of()), now.names);
  }

  @Override
  public synchronized void remove(NodeEntry before) {
    byName.move(before.name, before.names, List.of());
  }

  /** Whether there is a node of exactly this name. */
  boolean has(String node) {
    return byName.get(node).contains(node);
  }

  /**
   * The names of the nodes that are called so, or have this address; mostly one.
   *
   * @param host a name, or an address in canonical form
   */
  Collection<String> find(String host) {
    return byName.get(host);
  }
}
