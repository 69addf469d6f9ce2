package io.alertcap.trigger.docker;

import io.alertcap.trigger.target.AddressBook;
import io.alertcap.trigger.target.CatalogAnswer;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.CatalogAnswer.NoTarget;
import io.alertcap.trigger.target.CatalogAnswer.Unavailable;
import io.alertcap.trigger.target.IpAddresses;
import io.alertcap.trigger.target.TargetCatalog;
import io.alertcap.trigger.target.TargetQuery;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.BySelector;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The containers that ran when Docker was last asked. */
public final class DockerCatalog implements TargetCatalog, AddressBook {

  private volatile Optional<List<DockerContainer>> running = Optional.empty();

  DockerCatalog() {}

  void show(List<DockerContainer> containers) {
    running = Optional.of(DockerContainer.distinct(containers));
  }

  boolean isKnown() {
    return running.isPresent();
  }

  @Override
  public CatalogAnswer find(TargetQuery query) {
    return switch (query) {
      case ByPod(String namespace, String pod) ->
          found(
              it -> it.namespace().equals(namespace) && it.realName().equals(pod),
              it -> it.namespace().equals(namespace) && it.pod().equals(pod),
              "project " + namespace + " runs no container " + pod);
      case ByInstance(String host) ->
          found(
              it -> it.isReally(host),
              it -> it.isCalled(host),
              "no container runs that is called " + host);
      case BySelector(String namespace, var selector) ->
          found(
              it -> it.namespace().equals(namespace) && selector.matches(it.labels()),
              "project " + namespace + " runs no container with " + selector);
      case ByService(String namespace, String service) ->
          found(
              it -> it.namespace().equals(namespace) && it.service().equals(Optional.of(service)),
              "project " + namespace + " runs no service " + service);
      case ByWorkload workload -> new NoTarget("Docker does not know workloads");
      case ByNode node -> new NoTarget("Docker does not know nodes");
    };
  }

  @Override
  public List<String> namesOf(String address) {
    return IpAddresses.canonical(address).stream()
        .flatMap(known ->
            running.orElse(List.of()).stream().filter(it -> it.addresses().contains(known)))
        .map(DockerContainer::name)
        .toList();
  }

  /** What is exactly so called goes before what is only written so. */
  private CatalogAnswer found(
      Predicate<DockerContainer> exact, Predicate<DockerContainer> written, String otherwise) {
    return found(exact, otherwise) instanceof Found found ? found : found(written, otherwise);
  }

  private CatalogAnswer found(Predicate<DockerContainer> wanted, String otherwise) {
    return running
        .map(containers -> containers.stream().filter(wanted).toList())
        .<CatalogAnswer>map(found -> found.isEmpty() ? new NoTarget(otherwise) : new Found(found))
        .orElseGet(() -> new Unavailable("Docker has not answered yet"));
  }
}
