package io.alertcap.trigger.docker;

import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.Candidate;
import io.alertcap.trigger.target.IpAddresses;
import io.alertcap.trigger.target.OptOut;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A container as a pod of its own: named as Docker names it, in the namespace that is its Compose
 * project.
 *
 * @param namespace the Compose project, or {@code docker}
 * @param pod the container's name, with {@code -} for what a pod's name cannot have; where that
 *     makes one name of several, with the beginning of the ID
 * @param realName as Docker has it
 * @param service of the Compose file; empty outside of Compose
 */
record DockerContainer(
    String namespace,
    String pod,
    String realName,
    String node,
    Optional<String> service,
    String id,
    List<String> addresses,
    Map<String, String> labels,
    boolean hostNetwork)
    implements Candidate {

  private static final String PROJECT = "com.docker.compose.project";
  private static final String SERVICE = "com.docker.compose.service";
  private static final String OUTSIDE_OF_COMPOSE = "docker";

  /** As long as {@code docker ps} shows it. */
  private static final int SHORT_ID = 12;

  DockerContainer {
    addresses = List.copyOf(addresses);
    labels = Map.copyOf(labels);
  }

  /** Reads one element of the list. */
  static DockerContainer from(JsonNode container, String node) {
    Map<String, String> labels = new HashMap<>();
    container
        .path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    String name = container.path("Names").path(0).asString("").replaceFirst("^/", "");
    String id = container.path("Id").asString("");
    return new DockerContainer(
        dnsName(labels.getOrDefault(PROJECT, OUTSIDE_OF_COMPOSE)),
        dnsName(name.isEmpty() ? id : name),
        name,
        node,
        Optional.ofNullable(labels.get(SERVICE)).map(DockerContainer::dnsName),
        id,
        container
            .path("NetworkSettings")
            .path("Networks")
            .valueStream()
            .flatMap(network ->
                Stream.of("IPAddress", "GlobalIPv6Address")
                    .map(key -> network.path(key).asString("")))
            .flatMap(address -> IpAddresses.canonical(address).stream())
            .toList(),
        labels,
        container.path("HostConfig").path("NetworkMode").asString("").equals("host"));
  }

  /** Docker allows more characters than Kubernetes does, such as the _ of older Compose. */
  private static String dnsName(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /**
   * The same containers, no two of which have one name: {@code billing.api} and {@code billing_api}
   * are both {@code billing-api}, and an alert about one of them must not lead to the other.
   */
  static List<DockerContainer> distinct(List<DockerContainer> containers) {
    Map<String, Long> called =
        containers.stream()
            .collect(Collectors.groupingBy(DockerContainer::name, Collectors.counting()));
    return containers.stream()
        .map(it -> called.getOrDefault(it.name(), 0L) > 1 ? it.withIdInName() : it)
        .toList();
  }

  private DockerContainer withIdInName() {
    String distinct =
        realName.equals(pod) ? pod : pod + "-" + id.substring(0, Math.min(SHORT_ID, id.length()));
    return new DockerContainer(
        namespace, distinct, realName, node, service, id, addresses, labels, hostNetwork);
  }

  /** Whether this is its address, or exactly what Docker or Compose calls it. */
  boolean isReally(String host) {
    return realName.equals(host)
        || host.equals(labels.get(SERVICE))
        || IpAddresses.canonical(host).filter(addresses::contains).isPresent();
  }

  /** Whether its name, or that of its Compose service, is written so where a pod is named. */
  boolean isCalled(String host) {
    String name = dnsName(host);
    return pod.equals(name) || service.filter(name::equals).isPresent();
  }

  /** An opt-out is a label: containers have no annotations. */
  @Override
  public Optional<String> optOut() {
    return OptOut.isIn(labels) ? Optional.of(OptOut.of("container " + name())) : Optional.empty();
  }

  @Override
  public Optional<Target> target(Optional<String> container) {
    return container.isEmpty() || container.equals(service)
        ? Optional.of(
            new Target(
                namespace,
                pod,
                Optional.empty(),
                addresses.stream().findFirst(),
                node,
                service,
                Optional.of("docker://" + id),
                Optional.empty(),
                Optional.empty(),
                hostNetwork))
        : Optional.empty();
  }
}
