package io.alertcap.trigger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.NodeState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Nodes nodes = new Nodes();

  @Test
  void nobodyIsUnknownBeforeAllIsReadThatWasSaid() {
    nodes.add(KnownNodes.state("worker-1", NOON));
    assertThat(nodes.unknown(List.of("worker-1", "worker-2"))).isEmpty();

    nodes.complete();

    assertThat(nodes.unknown(List.of("worker-1", "worker-2", "worker-2")))
        .containsExactly("worker-2");
  }

  @Test
  void theLastWordCounts() {
    nodes.add(KnownNodes.state("worker-1", NOON));
    nodes.add(KnownNodes.state("worker-1", NOON.plusSeconds(30)));

    assertThat(nodes.find("worker-1").map(NodeState::at)).contains(NOON.plusSeconds(30));
  }

  @Test
  void thoseThatSpokeLastAreRemembered() {
    for (int i = 0; i <= Nodes.MOST; i++) {
      nodes.add(KnownNodes.state("worker-" + i, NOON.plusSeconds(i)));
    }

    assertThat(nodes.find("worker-0")).isEmpty();
    assertThat(nodes.list("", Integer.MAX_VALUE)).hasSize(Nodes.MOST);
  }

  @Test
  void areListedPageByPage() {
    List.of("c", "a", "b").forEach(name -> nodes.add(KnownNodes.state(name, NOON)));

    assertThat(nodes.list("", 2)).extracting(NodeState::node).containsExactly("a", "b");
    assertThat(nodes.list("b", 2)).extracting(NodeState::node).containsExactly("c");
  }
}
