package io.alertcap.capturer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopPeersTest {

  @Test
  void aFrequentPeerIsFoundAmongAnyNumberOfOthers() {
    TopPeers peers = new TopPeers(32);
    for (int i = 0; i < 1_000_000; i++) {
      int peer = i % 20 == 0 ? -1 : i;
      peers.asked(0, peer);
      peers.answered(0, peer, 3_000_000);
    }

    TopPeers.Peer first = peers.top(5).getFirst();

    assertThat(first.address().low()).isEqualTo(-1);
    assertThat(first.queries()).isEqualTo(50_000);
    assertThat(first.answered()).isEqualTo(50_000);
    assertThat(first.meanMicros()).isEqualTo(3_000);
    assertThat(peers.top(100)).hasSize(32);
  }
}
