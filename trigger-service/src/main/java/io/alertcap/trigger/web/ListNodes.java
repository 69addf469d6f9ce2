package io.alertcap.trigger.web;

import io.alertcap.schemas.NodeState;
import io.alertcap.trigger.node.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code GET /api/v1/nodes}. */
final class ListNodes implements Endpoint {

  /** Some hundred kilobytes, at most. */
  private static final int MAX_LIMIT = 500;

  private static final Set<String> KNOWN = new TreeSet<>(Set.of("node", "limit", "cursor"));

  private final Nodes nodes;

  ListNodes(Nodes nodes) {
    this.nodes = nodes;
  }

  private record Body(List<NodeState> nodes, Optional<String> next) {}

  @Override
  public Answer answer(Call call) {
    for (Map.Entry<String, List<String>> parameter : call.query().entrySet()) {
      if (!KNOWN.contains(parameter.getKey())) {
        return Problem.badRequest(
            parameter.getKey(), "is unknown; known are " + String.join(", ", KNOWN));
      }
      if (parameter.getValue().size() > 1) {
        return Problem.badRequest(parameter.getKey(), "must be given once");
      }
    }
    Optional<Integer> limit = limit(first(call, "limit").orElse(Integer.toString(MAX_LIMIT)));
    if (limit.isEmpty()) {
      return Problem.badRequest("limit", "must be a number from 1 to " + MAX_LIMIT);
    }
    return first(call, "node")
        .map(node -> new Body(nodes.find(node).stream().toList(), Optional.empty()))
        .or(() -> Optional.of(page(first(call, "cursor").orElse(""), limit.get())))
        .map(body -> Answer.json(200, body))
        .orElseThrow();
  }

  private Body page(String after, int limit) {
    List<NodeState> page = nodes.list(after, limit + 1);
    return page.size() > limit
        ? new Body(page.subList(0, limit), Optional.of(page.get(limit - 1).node()))
        : new Body(page, Optional.empty());
  }

  private static Optional<String> first(Call call, String parameter) {
    return call.query().getOrDefault(parameter, List.of()).stream().findFirst();
  }

  private static Optional<Integer> limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      return Optional.of(limit).filter(number -> number >= 1 && number <= MAX_LIMIT);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
