package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What stands between workloads and pods: the replica sets of a deployment, the jobs of a cron job.
 * Thread-safe; reading never waits.
 */
final class OwnerIndex implements Index<OwnerIndex.Owned> {

  /** One that stands between. */
  record Owned(Owner self, Optional<Owner> owner) {}

  private final Multimap<Owner, Owner> owned = new Multimap<>();

  /** Reads what is kept of an object of this kind. */
  static <T extends HasMetadata> Function<T, Owned> reader(String kind) {
    return object -> new Owned(Owner.of(kind, Name.of(object)), Owner.controlling(object));
  }

  @Override
  public synchronized void put(Optional<Owned> before, Owned now) {
    owned.move(now.self, before.map(OwnerIndex::owners).orElse(List.of()), owners(now));
  }

  @Override
  public synchronized void remove(Owned before) {
    owned.move(before.self, owners(before), List.of());
  }

  private static List<Owner> owners(Owned one) {
    return one.owner.stream().toList();
  }

  /** The owner itself, and what it owns: whose pods are its own. */
  Stream<Owner> withOwned(Owner owner) {
    return Stream.concat(Stream.of(owner), owned.get(owner).stream());
  }
}
