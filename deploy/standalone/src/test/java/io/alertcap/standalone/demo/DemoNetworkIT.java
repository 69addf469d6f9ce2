package io.alertcap.standalone.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DemoNetworkIT {

  /** An option that dnsmasq does not know ends it as a broken configuration does. */
  @Test
  void saysWhatEndedBeforeAnythingElseBegins() {
    assumeTrue(Files.isWritable(Path.of("/run")), "not root: no network namespace can be made");

    assertThatThrownBy(() -> DemoNetwork.build(List.of("--there-is-no-such-option")))
        .isInstanceOf(DemoFailed.class)
        .hasMessageContaining("the demo's DNS server (dnsmasq) ended with status 1")
        .hasMessageContaining("bad command line options");
  }
}
