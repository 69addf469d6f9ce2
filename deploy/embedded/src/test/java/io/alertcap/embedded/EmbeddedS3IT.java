package io.alertcap.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@Timeout(120)
class EmbeddedS3IT {
  private static final String BUCKET = "captures";
  private static final String KEY = "2026/11/22/kube-system/coredns-abc/capture.pcapng.gz";
  private static final S3Credentials CREDENTIALS = S3Credentials.random();

  @TempDir Path data;

  @Test
  void keepsAnObjectAndItsMetadataOverARestart() throws Exception {
    try (EmbeddedS3 server = start();
        S3Client client = client(server)) {
      client.putObject(
          put ->
              put.bucket(BUCKET)
                  .key(KEY)
                  .contentType("application/x-pcapng")
                  .metadata(Map.of("capture-id", "id-1")),
          RequestBody.fromString("packets"));
    }
    try (EmbeddedS3 server = start();
        S3Client client = client(server)) {
      var object = client.getObjectAsBytes(get -> get.bucket(BUCKET).key(KEY));

      assertThat(object.asUtf8String()).isEqualTo("packets");
      assertThat(object.response().contentType()).isEqualTo("application/x-pcapng");
      assertThat(object.response().metadata()).containsEntry("capture-id", "id-1");
    }
  }

  @Test
  void assemblesAMultipartUpload() throws Exception {
    byte[] part = new byte[5 * 1024 * 1024];
    try (EmbeddedS3 server = start();
        S3Client client = client(server)) {
      String upload =
          client
              .createMultipartUpload(
                  create -> create.bucket(BUCKET).key(KEY).metadata(Map.of("capture-id", "id-2")))
              .uploadId();
      CompletedPart first = uploadPart(client, upload, 1, part);
      CompletedPart second = uploadPart(client, upload, 2, new byte[] {1, 2, 3});
      client.completeMultipartUpload(complete ->
          complete
              .bucket(BUCKET)
              .key(KEY)
              .uploadId(upload)
              .multipartUpload(parts -> parts.parts(first, second)));

      var head = client.headObject(get -> get.bucket(BUCKET).key(KEY));
      assertThat(head.contentLength()).isEqualTo(part.length + 3L);
      assertThat(head.metadata()).containsEntry("capture-id", "id-2");
    }
  }

  @Test
  void refusesToOverwriteUnderIfNoneMatch() throws Exception {
    try (EmbeddedS3 server = start();
        S3Client client = client(server)) {
      putOnce(client, "first");

      assertThatThrownBy(() -> putOnce(client, "second"))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
      assertThat(client.getObjectAsBytes(get -> get.bucket(BUCKET).key(KEY)).asUtf8String())
          .isEqualTo("first");
    }
  }

  @Test
  void refusesAWrongSecret() throws Exception {
    S3Credentials wrong = new S3Credentials(CREDENTIALS.accessKeyId(), "not-the-secret");
    try (EmbeddedS3 server = start();
        S3Client client = client(server, wrong)) {
      assertThatThrownBy(() -> putOnce(client, "packets"))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void refusesAnUnsignedRequest() throws Exception {
    try (EmbeddedS3 server = start();
        S3Client client = client(server)) {
      putOnce(client, "packets");

      assertThat(get(server.endpoint().resolve("/" + BUCKET + "/" + KEY)).statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void servesAPresignedUrlUntilItIsChangedOrExpires() throws Exception {
    try (EmbeddedS3 server = start();
        S3Client client = client(server)) {
      putOnce(client, "packets");

      URI presigned = presign(server, Duration.ofMinutes(5));
      assertThat(get(presigned).body()).isEqualTo("packets");

      URI otherKey = URI.create(presigned.toString().replace("coredns-abc", "coredns-xyz"));
      assertThat(get(otherKey).statusCode()).isEqualTo(403);
      URI longer = URI.create(presigned.toString().replace("Expires=300", "Expires=3000"));
      assertThat(get(longer).statusCode()).isEqualTo(403);

      URI shortLived = presign(server, Duration.ofSeconds(5));
      assertThat(get(shortLived).body()).isEqualTo("packets");
      await().atMost(Duration.ofSeconds(20)).until(() -> get(shortLived).statusCode() == 403);
    }
  }

  @Test
  void namesATakenPortAndItsSetting() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedS3.start(data, taken.getLocalPort(), CREDENTIALS, BUCKET))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("standalone.s3Port");
    }
  }

  private EmbeddedS3 start() throws CannotStartException {
    return EmbeddedS3.start(data, 0, CREDENTIALS, BUCKET);
  }

  private static void putOnce(S3Client client, String content) {
    client.putObject(
        put -> put.bucket(BUCKET).key(KEY).ifNoneMatch("*"), RequestBody.fromString(content));
  }

  private static CompletedPart uploadPart(
      S3Client client, String upload, int number, byte[] content) {
    String etag =
        client
            .uploadPart(
                part -> part.bucket(BUCKET).key(KEY).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(content))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static URI presign(EmbeddedS3 server, Duration validity) {
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(provider(CREDENTIALS))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      return URI.create(
          presigner
              .presignGetObject(get ->
                  get.signatureDuration(validity)
                      .getObjectRequest(object -> object.bucket(BUCKET).key(KEY)))
              .url()
              .toString());
    }
  }

  private static S3Client client(EmbeddedS3 server) {
    return client(server, CREDENTIALS);
  }

  private static S3Client client(EmbeddedS3 server, S3Credentials credentials) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(provider(credentials))
        .build();
  }

  private static StaticCredentialsProvider provider(S3Credentials credentials) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey()));
  }
}
