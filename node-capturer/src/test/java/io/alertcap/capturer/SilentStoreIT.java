package io.alertcap.capturer;

import static io.alertcap.capturer.fixture.Requests.forNetns;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.fixture.Outside;
import io.alertcap.capturer.fixture.RestartableOutside;
import io.alertcap.capturer.fixture.Valve;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A store that was ready, and takes what it is sent without ever answering. */
@Timeout(120)
class SilentStoreIT {

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  @Test
  void isToldOfWithinTenSecondsAlthoughAnUploadMayTakeMinutes() throws Exception {
    try (RestartableOutside servers = new RestartableOutside(directory);
        Outside outside = servers.view();
        Valve valve = new Valve(servers.s3Endpoint(), Long.MAX_VALUE);
        CapturerService service = start(outside, servers, valve)) {
      awaitReadiness(service, Duration.ofSeconds(30), 200, "\"store\":\"ready\"");
      CaptureRequest request =
          with(forNetns("unheard", lab.podPath()), spec("udp", "auto", Duration.ofSeconds(1)));
      valve.shut();

      outside.start(request);

      await().atMost(Duration.ofSeconds(30)).until(valve::isHolding);
      awaitReadiness(service, Duration.ofSeconds(10), 200, "\"store\":\"ready, but");
      valve.open();
      outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);
      awaitReadiness(service, Duration.ofSeconds(10), 200, "\"store\":\"ready\"");
    }
  }

  private CapturerService start(Outside outside, RestartableOutside servers, Valve valve)
      throws Exception {
    String config =
        outside
            .config(directory.resolve("spool"))
            .replace(servers.s3Endpoint().toString(), valve.endpoint().toString())
            .replace("callTimeout: 5s", "callTimeout: 10m")
            .replace("attemptTimeout: 5s", "attemptTimeout: 2m");
    return CapturerService.start(
        ConfigurationSource.text("it", config).read(CapturerConfig::from).settings());
  }

  private static void awaitReadiness(
      CapturerService service, Duration patience, int status, String words) {
    await()
        .atMost(patience)
        .untilAsserted(() -> {
          var ready = Outside.get(service.httpPort(), "/readyz");
          assertThat(ready.statusCode()).as(ready.body()).isEqualTo(status);
          assertThat(ready.body()).contains(words);
        });
  }
}
