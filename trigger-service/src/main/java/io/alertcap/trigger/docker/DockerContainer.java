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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A container as a pod of its own: named as Docker names it, in the namespace that is its Compose
 * project.
 *
 * @param namespace the Compose project, or {@code docker}
 * @param pod the container's name, with {@code -} for what a pod's name cannot have
 * @param service of the Compose file; empty outside of Compose
 */
record DockerContainer(
    String namespace,
    String pod,
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

  /** Whether an alert means it by this: an address, its name, or that of its Compose service. */
  boolean isCalled(String host) {
    String name = dnsName(host);
    return pod.equals(name)
        || service.filter(name::equals).isPresent()
        || IpAddresses.canonical(host).filter(addresses::contains).isPresent();
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
