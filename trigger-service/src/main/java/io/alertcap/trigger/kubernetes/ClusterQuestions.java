package io.alertcap.trigger.kubernetes;

import static java.util.Comparator.comparing;

import io.alertcap.trigger.target.CatalogAnswer;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.CatalogAnswer.NoTarget;
import io.alertcap.trigger.target.IpAddresses;
import io.alertcap.trigger.target.LabelSelector;
import io.alertcap.trigger.target.TargetQuery;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.BySelector;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers about a cluster from what is kept of it, whether that is complete and recent or not. */
record ClusterQuestions(ClusterView view) {

  /** How many pods a reason names. */
  private static final int NAMED = 3;

  /** Whose pods are on every node, and stay there. */
  private static final Set<String> STEADY_OWNERS = Set.of("daemonset", "node");

  private static final Comparator<PodEntry> BY_NAME =
      comparing((PodEntry pod) -> pod.name().namespace()).thenComparing(pod -> pod.name().name());

  /** Most telling first: what stands for a node should be the same tomorrow. */
  private static final Comparator<PodEntry> STEADY_FIRST =
      comparing((PodEntry pod) -> !steady(pod)).thenComparing(BY_NAME);

  CatalogAnswer find(TargetQuery query) {
    return switch (query) {
      case ByPod(String namespace, String pod) ->
          answer(
              view.pods().find(new Name(namespace, pod)).stream().toList(),
              "namespace " + namespace + " has no pod " + pod);
      case ByInstance(String host) -> instance(host);
      case ByWorkload(String namespace, String workload, String name) ->
          answer(
              view.owners()
                  .withOwned(new Owner(workload, namespace, name))
                  .flatMap(view.pods()::ownedBy)
                  .toList(),
              "namespace " + namespace + " has no pod of " + workload + " " + name);
      case ByService(String namespace, String service) -> service(new Name(namespace, service));
      case BySelector(String namespace, LabelSelector selector) ->
          answer(
              view.pods().inNamespace(namespace).stream()
                  .filter(pod -> selector.matches(pod.labels()))
                  .toList(),
              "namespace " + namespace + " has no pod with " + selector);
      case ByNode(String node) ->
          view.nodes().has(node) ? node(node) : new NoTarget("there is no node " + node);
    };
  }

  /** A pod's own address, or else a node's address or name. */
  private CatalogAnswer instance(String host) {
    Optional<String> address = IpAddresses.canonical(host);
    List<PodEntry> pods = address.map(view.pods()::withAddress).orElse(List.of());
    if (!pods.isEmpty()) {
      return answer(pods, "");
    }
    return view.nodes().find(address.orElse(host)).stream()
        .sorted()
        .findFirst()
        .map(this::node)
        .orElseGet(() ->
            new NoTarget(
                "no pod or node has the " + (address.isPresent() ? "address " : "name ") + host));
  }

  private CatalogAnswer service(Name service) {
    List<EndpointIndex.Slice> slices = view.endpoints().of(service);
    List<PodEntry> pods =
        slices.stream()
            .flatMap(slice ->
                Stream.concat(
                    slice.pods().stream().flatMap(pod -> view.pods().find(pod).stream()),
                    slice.addresses().stream()
                        .flatMap(address -> view.pods().withAddress(address).stream())))
            .distinct()
            .toList();
    return answer(
        pods,
        view.services().has(service)
            ? "no pod is behind service " + service
            : "there is no service " + service);
  }

  /**
   * By way of a pod that shares the node's network; of several, one that is there on other nodes,
   * too, and will be tomorrow.
   */
  private CatalogAnswer node(String node) {
    return view.pods().inNetworkOf(node).stream()
        .filter(pod -> pod.absence().isEmpty())
        .min(STEADY_FIRST)
        .<CatalogAnswer>map(pod -> new Found(List.of(candidate(pod))))
        .orElseGet(() ->
            new NoTarget(
                "no pod runs in the network of node "
                    + node
                    + ", through which it could be captured; one of a DaemonSet with"
                    + " hostNetwork: true would do"));
  }

  private static boolean steady(PodEntry pod) {
    return pod.owner().map(Owner::kind).filter(STEADY_OWNERS::contains).isPresent();
  }

  private CatalogAnswer answer(Collection<PodEntry> pods, String otherwise) {
    List<PodCandidate> there =
        pods.stream().filter(pod -> absence(pod).isEmpty()).map(this::candidate).toList();
    if (!there.isEmpty()) {
      return new Found(there);
    }
    return new NoTarget(pods.isEmpty() ? otherwise : absences(pods));
  }

  private PodCandidate candidate(PodEntry pod) {
    return new PodCandidate(pod, view.namespaces());
  }

  private Optional<String> absence(PodEntry pod) {
    return pod.absence()
        .or(() ->
            view.nodes().has(pod.node())
                ? Optional.empty()
                : Optional.of("is lost: there is no node " + pod.node()));
  }

  private String absences(Collection<PodEntry> pods) {
    String named =
        pods.stream()
            .sorted(BY_NAME)
            .limit(NAMED)
            .map(pod -> "pod " + pod.name() + " " + absence(pod).orElse("has just come"))
            .collect(Collectors.joining(", "));
    return pods.size() > NAMED ? named + ", and " + (pods.size() - NAMED) + " more" : named;
  }

  /** What an address is called, the best name first. */
  List<String> namesOf(String address) {
    return IpAddresses.canonical(address).stream()
        .flatMap(canonical ->
            Stream.of(podNames(canonical), serviceNames(canonical), nodeNames(canonical))
                .flatMap(names -> names))
        .distinct()
        .toList();
  }

  private Stream<String> podNames(String address) {
    return view.pods().withAddress(address).stream()
        .sorted(BY_NAME)
        .flatMap(pod ->
            Stream.concat(Stream.of(pod.name()), view.endpoints().servicesOf(pod.name()).stream()))
        .map(Name::toString);
  }

  private Stream<String> serviceNames(String address) {
    return view.services().withAddress(address).stream().map(Name::toString).sorted();
  }

  private Stream<String> nodeNames(String address) {
    return view.nodes().find(address).stream().sorted();
  }
}
