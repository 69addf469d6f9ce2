package io.alertcap.foundation.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.s3.S3Settings.Checksums;
import io.alertcap.foundation.s3.S3Settings.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3ClientsTest {

  private static S3Settings settings(String endpoint, Optional<URI> publicEndpoint) {
    return new S3Settings(
        Optional.of(URI.create(endpoint)),
        publicEndpoint,
        "us-east-1",
        "captures",
        "",
        true,
        Optional.of(new Credentials(new Secret("access"), new Secret("secret"))),
        Checksums.WHEN_REQUIRED,
        Duration.ofMillis(900),
        Duration.ofMillis(300),
        S3Route.STANDARD,
        S3Storage.STANDARD);
  }

  @Test
  void givesUpOnAStoreThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        S3Client client =
            S3Clients.client(
                settings("http://127.0.0.1:" + silent.getLocalPort(), Optional.empty()))) {
      long begun = System.nanoTime();

      assertThatThrownBy(() -> client.headBucket(request -> request.bucket("captures")))
          .isInstanceOf(SdkClientException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void signsUrlsForThoseOutside() {
    URI outside = URI.create("https://store.example.org");

    assertThat(presigned(settings("http://minio:9000", Optional.empty())))
        .hasHost("minio")
        .hasPort(9000)
        .hasPath("/captures/a.pcap");
    assertThat(presigned(settings("http://minio:9000", Optional.of(outside))))
        .hasProtocol("https")
        .hasHost("store.example.org")
        .hasPath("/captures/a.pcap");
  }

  private static URL presigned(S3Settings settings) {
    try (S3Presigner presigner = S3Clients.presigner(settings)) {
      return presigner
          .presignGetObject(presign ->
              presign
                  .signatureDuration(Duration.ofMinutes(1))
                  .getObjectRequest(get -> get.bucket("captures").key("a.pcap")))
          .url();
    }
  }
}
