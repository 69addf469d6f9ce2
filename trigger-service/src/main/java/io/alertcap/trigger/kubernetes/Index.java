package io.alertcap.trigger.kubernetes;

import java.util.Optional;

/** Finds entries by what is asked for. Several watches may feed one, each with its own objects. */
interface Index<E> {

  /** The object is new, or another than before. */
  void put(Optional<E> before, E now);

  /** The object is gone. */
  void remove(E before);
}
