package io.alertcap.capturer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.foundation.health.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this machine, with the rights that the test has. */
class SelfTestIT {

  private final Health health = new Health();

  @TempDir Path empty;

  @BeforeEach
  void needRoot() throws IOException {
    Machine.needRoot("to open a packet socket");
  }

  @Test
  void isReadyWhereAllOfItCanBeDone() {
    run(Path.of("/proc"));

    assertThat(health.ready().checks()).containsEntry("capture", "ready");
  }

  @Test
  void isNotReadyWhereTheHostsNamespaceCannotBeTold() {
    run(empty);

    assertThat(health.ready().passing()).isFalse();
    assertThat(health.ready().checks().get("capture"))
        .contains("cannot be read", "CAP_SYS_PTRACE", "node.procRoot");
  }

  private void run(Path procRoot) {
    new SelfTest(
            new LibpcapPacketSource(Clock.systemUTC()),
            new NamespaceDoor(procRoot, List.of()),
            health.readiness("capture"))
        .run();
  }
}
