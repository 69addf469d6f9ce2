package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.s3.S3Clients;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.schemas.Artifact;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Without a store; with one, see {@code TriggerServiceIT}. */
@Timeout(20)
class S3ArtifactStoreTest {

  @Test
  void looksIntoNoOtherBucketThanTheOperators() {
    assertThat(locate("payroll", "captures/prod/2026/x.pcap"))
        .isInstanceOf(ArtifactStore.Location.Gone.class);
  }

  @Test
  void looksUnderNoOtherPrefixThanTheOperators() {
    assertThat(locate("captures", "captures/test/2026/x.pcap"))
        .isInstanceOf(ArtifactStore.Location.Gone.class);
    assertThat(locate("captures", "captures/production/x.pcap"))
        .isInstanceOf(ArtifactStore.Location.Gone.class);
  }

  @Test
  void saysThatAStoreIsAwayWithoutSayingWhere() {
    assertThat(locate("captures", "captures/prod/2026/x.pcap"))
        .isEqualTo(new ArtifactStore.Location.Unavailable("S3 cannot be reached"));
  }

  @Test
  void showsNoPresignedUrl() {
    URI url = URI.create("https://s3.example.org/captures/x?X-Amz-Signature=5ec2e7");

    assertThat(new ArtifactStore.Location.Here(url).toString()).doesNotContain("5ec2e7");
  }

  private static ArtifactStore.Location locate(String bucket, String key) {
    S3Settings settings =
        ConfigurationSource.text(
                "s3.yaml",
                """
                endpoint: http://127.0.0.1:9
                bucket: captures
                prefix: captures/prod
                accessKey: key
                secretKey: secret
                """)
            .read(S3Settings::from)
            .settings();
    try (S3Client client = S3Clients.client(settings);
        S3Presigner presigner = S3Clients.presigner(settings)) {
      return new S3ArtifactStore(client, presigner, settings)
          .locate(new Artifact(bucket, key, 1, "0".repeat(64), "pcap", "none", 1, "EN10MB"));
    }
  }
}
