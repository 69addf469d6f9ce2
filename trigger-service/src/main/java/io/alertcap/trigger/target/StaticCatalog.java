package io.alertcap.trigger.target;

import static java.util.stream.Collectors.groupingBy;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.CatalogAnswer.NoTarget;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.BySelector;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Pods from a list that somebody wrote: for hosts without Kubernetes, and for tests. */
public final class StaticCatalog implements TargetCatalog, AddressBook {

  private record Name(String namespace, String pod) {}

  private final Map<Name, StaticPod> byName = new HashMap<>();
  private final Map<String, List<Target>> byAddress;

  private StaticCatalog(List<StaticPod> pods) {
    pods.forEach(pod -> byName.put(nameOf(pod.target()), pod));
    this.byAddress =
        pods.stream()
            .map(StaticPod::target)
            .filter(target -> address(target).isPresent())
            .collect(groupingBy(target -> address(target).orElseThrow()));
  }

  /**
   * Reads a file that is a list of pods.
   *
   * @throws InvalidConfiguration naming every error of it, if there is any
   */
  public static StaticCatalog read(ConfigurationSource list) {
    Set<Name> known = new HashSet<>();
    return new StaticCatalog(list.readList(pod -> unlessKnown(pod, known)).settings());
  }

  private static Setting<StaticPod> unlessKnown(Section section, Set<Name> known) {
    Setting<StaticPod> pod = StaticPod.from(section);
    return section.build(() -> {
      Name name = nameOf(pod.get().target());
      if (!known.add(name)) {
        throw new IllegalArgumentException(
            "pod " + name.pod + " of namespace " + name.namespace + " is listed twice");
      }
      return pod.get();
    });
  }

  private static Name nameOf(Target target) {
    return new Name(target.namespace(), target.pod());
  }

  private static Optional<String> address(Target target) {
    return target.podIp().flatMap(IpAddresses::canonical);
  }

  @Override
  public CatalogAnswer find(TargetQuery query) {
    return switch (query) {
      case ByPod(String namespace, String pod) ->
          found(
              Optional.ofNullable(byName.get(new Name(namespace, pod))).stream()
                  .map(StaticPod::target),
              "namespace " + namespace + " has no pod " + pod);
      case ByInstance(String host) ->
          IpAddresses.canonical(host)
              .map(address ->
                  found(
                      byAddress.getOrDefault(address, List.of()).stream(),
                      "no pod has the address " + address))
              .orElseGet(() -> new NoTarget(host + " is no IP address"));
      case BySelector(String namespace, LabelSelector selector) ->
          found(
              byName.values().stream()
                  .filter(pod -> pod.target().namespace().equals(namespace))
                  .filter(pod -> selector.matches(pod.labels()))
                  .map(StaticPod::target),
              "namespace " + namespace + " has no pod with " + selector);
      case ByNode node -> unknown("nodes");
      case ByService service -> unknown("services");
      case ByWorkload workload -> unknown("workloads");
    };
  }

  @Override
  public List<String> namesOf(String address) {
    return IpAddresses.canonical(address).map(byAddress::get).stream()
        .flatMap(List::stream)
        .map(target ->
            target.hostNetwork() ? target.node() : target.namespace() + "/" + target.pod())
        .distinct()
        .toList();
  }

  private static CatalogAnswer found(Stream<Target> targets, String otherwise) {
    List<Target> found = targets.toList();
    return found.isEmpty() ? new NoTarget(otherwise) : new Found(found);
  }

  private static CatalogAnswer unknown(String what) {
    return new NoTarget("the static catalog does not know " + what);
  }
}
