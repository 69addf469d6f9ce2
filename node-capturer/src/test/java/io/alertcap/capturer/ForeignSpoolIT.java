package io.alertcap.capturer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.fixture.ClosedCaptures;
import io.alertcap.capturer.fixture.Outside;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One node, first of a cluster with one prefix of the bucket, then of another with another. */
@Timeout(120)
class ForeignSpoolIT {

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();
  @TempDir Path directory;

  @Test
  void capturesOfAnotherClusterReachNeitherBucketNorTopicUntilTheyAreAdopted() throws Exception {
    CaptureRequest request = Requests.forContainer("of-the-first-cluster");
    try (Outside first = outside();
        Outside second = outside()) {
      CapturerConfig before = config(first, "");
      try (Spool spool = Spool.open(before.spool(), before.spoolOwner(), Clock.systemUTC())) {
        ClosedCaptures.in(spool, request, Instant.now());
      }

      try (CapturerService service = CapturerService.start(config(second, ""))) {
        String destination = before.s3().destination();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() ->
                assertThat(Outside.get(service.httpPort(), "/readyz").body())
                    .contains("\"store\":\"ready\"", "spool.adopt", destination));
        assertThat(Outside.get(service.httpPort(), "/metrics").body())
            .contains("alertcap_capturer_spool_foreign_captures 1");
      }
      assertThat(second.keys()).isEmpty();

      String adopt = ", adopt: ['%s']".formatted(before.s3().destination());
      try (CapturerService service = CapturerService.start(config(second, adopt))) {
        second.awaitEvent(request.id(), CaptureStatus.COMPLETED);
        assertThat(service.httpPort()).isPositive();
      }
      assertThat(second.keys()).hasSize(2);
      assertThat(first.keys()).isEmpty();
    }
  }

  private static Outside outside() {
    return new Outside(kafka.bootstrapServers(), s3.endpoint(), s3.credentials(), s3.bucket());
  }

  private CapturerConfig config(Outside outside, String adopt) throws IOException {
    String text =
        outside
            .config(directory.resolve("spool"))
            .replace("minFree: 1MiB", "minFree: 1MiB" + adopt);
    return ConfigurationSource.text("it", text).read(CapturerConfig::from).settings();
  }
}
