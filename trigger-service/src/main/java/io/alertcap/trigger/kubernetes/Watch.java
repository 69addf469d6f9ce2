package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;

/**
 * Lists one kind of objects, and follows what becomes of them: for ever, whatever the API server
 * does. Where it forgets what was seen last (410 Gone), the list is read again, and what is known
 * stays in use until then.
 */
final class Watch implements AutoCloseable {

  /** Objects of a page of a list: as many as client-go's pager asks for. */
  private static final long PAGE = 500;

  private static final String BROKEN_OFF = "the API server broke off";

  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();

  private final String what;
  private final Listable<?> objects;
  private final SharedIndexInformer<?> informer;
  private volatile Optional<String> lastFailure = Optional.empty();
  private volatile Optional<String> refusal = Optional.empty();

  private Watch(String what, Listable<?> objects, SharedIndexInformer<?> informer) {
    this.what = what;
    this.objects = objects;
    this.informer = informer;
  }

  /**
   * Begins; does not wait for the API server.
   *
   * @param what for people: {@code pods}
   * @param failed is told of each list or watch that fails, on a thread of the client
   */
  static <T extends HasMetadata> Watch start(
      String what,
      AnyNamespaceOperation<T, ?, ?> objects,
      CompactStore<T, ?> store,
      Runnable failed) {
    SharedIndexInformer<T> informer = objects.withLimit(PAGE).runnableInformer(0);
    Watch watch = new Watch(what, objects, informer);
    informer
        .removeNamespaceIndex()
        .itemStore(store)
        .exceptionHandler((started, failure) -> {
          watch.lastFailure = Optional.of(Failures.sentence(failure));
          failed.run();
          return true;
        });
    var unused = informer.start();
    return watch;
  }

  /** Whether a whole list was read, ever. */
  boolean listed() {
    return informer.hasSynced();
  }

  /** Whether changes are heard of now. */
  boolean live() {
    return informer.isWatching();
  }

  /** What keeps it from being live, as a clause. */
  String problem() {
    return listed()
        ? what + " are not followed: " + refusal.or(() -> lastFailure).orElse(BROKEN_OFF)
        : what
            + " are not known: "
            + refusal.or(() -> lastFailure).orElse("the API server has not answered");
  }

  /** Reads one object, waits for that, and says whether it was given. */
  boolean ask() {
    try {
      var unused = objects.list(ONE);
      refusal = Optional.empty();
      return true;
    } catch (RuntimeException e) {
      // not only the client's own: java.net.http, too, has something against some requests
      refusal = Optional.of(Failures.sentence(e));
      return false;
    }
  }

  /** What the API server had against the last question, if anything. */
  Optional<String> refusal() {
    return refusal;
  }

  void recovered() {
    lastFailure = Optional.empty();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
