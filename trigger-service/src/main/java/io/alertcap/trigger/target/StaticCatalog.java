package io.alertcap.trigger.target;

import static java.util.stream.Collectors.groupingBy;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
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
  private final Map<String, List<StaticPod>> byAddress;

  private StaticCatalog(List<StaticPod> pods) {
    pods.forEach(pod -> byName.put(nameOf(pod), pod));
    this.byAddress =
        pods.stream()
            .filter(pod -> !pod.addresses().isEmpty())
            .collect(groupingBy(pod -> pod.addresses().getFirst()));
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
      Name name = nameOf(pod.get());
      if (!known.add(name)) {
        throw new IllegalArgumentException(
            "pod " + name.pod + " of namespace " + name.namespace + " is listed twice");
      }
      return pod.get();
    });
  }

  private static Name nameOf(StaticPod pod) {
    return new Name(pod.namespace(), pod.pod());
  }

  @Override
  public CatalogAnswer find(TargetQuery query) {
    return switch (query) {
      case ByPod(String namespace, String pod) ->
          found(
              Optional.ofNullable(byName.get(new Name(namespace, pod))).stream(),
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
                  .filter(pod -> pod.namespace().equals(namespace))
                  .filter(pod -> selector.matches(pod.labels())),
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
        .map(pod -> pod.hostNetwork() ? pod.node() : pod.name())
        .distinct()
        .toList();
  }

  private static CatalogAnswer found(Stream<StaticPod> pods, String otherwise) {
    List<StaticPod> found = pods.toList();
    return found.isEmpty() ? new NoTarget(otherwise) : new Found(found);
  }

  private static CatalogAnswer unknown(String what) {
    return new NoTarget("the static catalog does not know " + what);
  }
}
