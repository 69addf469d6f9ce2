package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.node.Nodes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * Tells of captures that were commanded of nodes which never said that a capturer runs there: their
 * commands wait, and will most likely expire. Thread-safe.
 */
public final class UnknownNodes {

  private final Nodes nodes;
  private final Counter captures;

  public UnknownNodes(Nodes nodes, MeterRegistry meters) {
    this.nodes = nodes;
    this.captures =
        Counter.builder("alertcap.captures.unknown.node")
            .description("Captures commanded of nodes that never said that a capturer runs there")
            .register(meters);
  }

  /** Which nodes these are, after counting their captures; absent where there are none. */
  Optional<NavigableSet<String>> among(List<CaptureRequest> commanded) {
    NavigableSet<String> unknown =
        nodes.unknown(commanded.stream().map(request -> request.target().node()).toList());
    commanded.stream()
        .filter(request -> unknown.contains(request.target().node()))
        .forEach(request -> captures.increment());
    return Optional.of(unknown).filter(names -> !names.isEmpty());
  }
}
