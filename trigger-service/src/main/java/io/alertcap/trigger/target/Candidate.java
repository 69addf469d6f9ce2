package io.alertcap.trigger.target;

import io.alertcap.schemas.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod that can be captured, as far as a catalog can tell. */
public interface Candidate {

  String namespace();

  String pod();

  String node();

  /** Whether it shares its node's network. */
  boolean hostNetwork();

  /** In canonical form; empty where the catalog knows none. */
  List<String> addresses();

  Map<String, String> labels();

  /** Why whoever owns it does not want it captured, as a clause; see {@link OptOut}. */
  Optional<String> optOut();

  /**
   * The pod with a way into its network: by this container, or where none is named by any. Nothing
   * if no container of that name runs.
   */
  Optional<Target> target(Optional<String> container);

  /** For people: {@code namespace/pod}. */
  default String name() {
    return namespace() + "/" + pod();
  }
}
