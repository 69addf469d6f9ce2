package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.Dissector;
import java.util.ArrayList;
import java.util.List;

/** Observers of one pass, each of which may fail without taking the pass with it. */
final class Observers {

  private final List<PacketObserver> watching;
  private final List<String> stopped = new ArrayList<>();

  Observers(List<PacketObserver> observers) {
    this.watching = new ArrayList<>(observers);
  }

  boolean isEmpty() {
    return watching.isEmpty();
  }

  void show(long epochNanos, Dissector packet) {
    for (int i = 0; i < watching.size(); i++) {
      try {
        watching.get(i).packet(epochNanos, packet);
      } catch (RuntimeException e) {
        stopped.add("The %s stopped: %s".formatted(watching.remove(i--).name(), e));
      }
    }
  }

  /** Sentences about those that failed. */
  List<String> stopped() {
    return stopped;
  }
}
