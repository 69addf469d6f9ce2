package io.alertcap.trigger.kubernetes;

import io.alertcap.trigger.target.AddressBook;
import io.alertcap.trigger.target.CatalogAnswer;
import io.alertcap.trigger.target.TargetCatalog;
import io.alertcap.trigger.target.TargetQuery;
import java.util.List;
import java.util.Optional;

/**
 * Pods, services and nodes of a cluster, as they were last heard of. Where the API server is away,
 * they are those of before; where it never was there, nobody knows of any.
 */
public final class KubernetesCatalog implements TargetCatalog, AddressBook {

  private final ClusterQuestions questions;
  private final ClusterWatch watch;

  KubernetesCatalog(ClusterView view, ClusterWatch watch) {
    this.questions = new ClusterQuestions(view);
    this.watch = watch;
  }

  @Override
  public CatalogAnswer find(TargetQuery query) {
    Optional<String> unknown = watch.unknown();
    return unknown.isPresent()
        ? new CatalogAnswer.Unavailable(unknown.get())
        : questions.find(query);
  }

  @Override
  public List<String> namesOf(String address) {
    return questions.namesOf(address);
  }
}
