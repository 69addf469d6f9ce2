package io.alertcap.capturer.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.fixture.FakeArtifactStore;
import io.alertcap.foundation.health.Health;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreWatchTest {

  private final FakeArtifactStore store = new FakeArtifactStore();
  private final Health health = new Health();
  private final StoreWatch watch = new StoreWatch(store, health);

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void asksUntilThereIsAGoodAnswerAndThenNoMore() {
    store.fail("The bucket is gone.");
    watch.askAgain();
    assertThat(health.ready().passing()).isTrue();
    assertThat(health.ready().checks()).containsEntry("store", "ready, but The bucket is gone.");

    store.recover();
    watch.askAgain();
    assertThat(health.ready().checks()).containsEntry("store", "ready");

    store.fail("The bucket is gone again.");
    watch.askAgain();
    watch.doubt();
    assertThat(health.ready().checks()).containsEntry("store", "ready");
  }

  @Test
  void tellsOfAStoreThatFallsSilentWhileADeliveryWaitsForIt() {
    watch.askAgain();
    store.fallSilent("Nobody answers.");

    watch.during(watch::doubt);

    assertThat(health.ready().checks()).containsEntry("store", "ready, but Nobody answers.");
  }

  @Test
  void leavesToTheDeliveryWhatTheStoreRefuses() {
    watch.askAgain();
    store.fail("The bucket may not be listed.");

    watch.during(watch::doubt);

    assertThat(health.ready().checks()).containsEntry("store", "ready");
  }
}
