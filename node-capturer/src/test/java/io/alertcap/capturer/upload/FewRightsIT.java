package io.alertcap.capturer.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.s3.S3Clients;
import io.alertcap.foundation.s3.S3Route;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.foundation.s3.S3Storage;
import io.alertcap.testing.Front;
import io.alertcap.testing.S3Extension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A real store behind a front that allows what docs/operations.md asks for, and so refuses {@code
 * s3:ListMultipartUploadParts}; and one where nothing can be aborted, either.
 */
class FewRightsIT {

  private static final int PART = (int) S3ArtifactStore.PART_BYTES;
  private static final String DENIED =
      Front.answer(
          "403 Forbidden",
          "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");

  @RegisterExtension static final S3Extension s3 = new S3Extension();
  @TempDir Path directory;

  private Optional<String> remembered = Optional.empty();

  @Test
  void anUploadThatWasInterruptedIsSentAgainWhereNobodySaysWhatHasArrived() throws IOException {
    Path file = file();
    try (Front front = Front.plain(s3.endpoint(), FewRightsIT::refuseListing);
        S3ArtifactStore store =
            new S3ArtifactStore(client(front.endpoint()), s3.bucket(), S3Storage.STANDARD)) {
      begin("interrupted", new byte[PART]);

      assertThat(store.store(object("interrupted"), file, memory()))
          .isEqualTo(new StoreAnswer.Done());

      assertThat(front.heads()).anyMatch(FewRightsIT::isListing);
    }
    assertArrived("interrupted", file);
  }

  @Test
  void howeverOftenItIsInterruptedThereIsOneUploadAtMost() throws IOException {
    Path file = file();
    begin("often", new byte[PART]);
    try (Front front = Front.plain(s3.endpoint(), FewRightsIT::refuseSecondParts);
        S3ArtifactStore store =
            new S3ArtifactStore(client(front.endpoint()), s3.bucket(), S3Storage.STANDARD)) {
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThat(store.store(object("often"), file, memory()))
            .isInstanceOf(StoreAnswer.Failed.class);
        assertThat(uploadsOf("often")).isEqualTo(1);
      }
    }
    try (Front front = Front.plain(s3.endpoint(), FewRightsIT::refuseListing);
        S3ArtifactStore store =
            new S3ArtifactStore(client(front.endpoint()), s3.bucket(), S3Storage.STANDARD)) {
      assertThat(store.store(object("often"), file, memory())).isEqualTo(new StoreAnswer.Done());
    }
    assertArrived("often", file);
  }

  private static boolean isListing(String head) {
    return head.startsWith("GET ") && head.lines().findFirst().orElseThrow().contains("uploadId=");
  }

  private static String refuseListing(String head) {
    return isListing(head) ? DENIED : "";
  }

  private static String refuseSecondParts(String head) {
    return isListing(head) || head.startsWith("DELETE ") || head.contains("partNumber=2")
        ? DENIED
        : "";
  }

  /** What a process leaves that is killed after the first part, here of other bytes. */
  private void begin(String key, byte[] part) {
    try (S3Client client = client(s3.endpoint())) {
      String uploadId =
          client.createMultipartUpload(create -> create.bucket(s3.bucket()).key(key)).uploadId();
      client.uploadPart(
          first -> first.bucket(s3.bucket()).key(key).uploadId(uploadId).partNumber(1),
          RequestBody.fromBytes(part));
      remembered = Optional.of(uploadId);
    }
  }

  private void assertArrived(String key, Path file) throws IOException {
    Path copy = directory.resolve("copy");
    try (S3Client client = client(s3.endpoint())) {
      client.getObject(get -> get.bucket(s3.bucket()).key(key), copy);
    }
    assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
    assertThat(remembered).isEmpty();
    assertThat(uploadsOf(key)).isZero();
  }

  private static long uploadsOf(String key) {
    try (S3Client client = client(s3.endpoint())) {
      return client.listMultipartUploads(list -> list.bucket(s3.bucket())).uploads().stream()
          .map(MultipartUpload::key)
          .filter(key::equals)
          .count();
    }
  }

  private Path file() throws IOException {
    byte[] content = new byte[PART + 10];
    new Random(7).nextBytes(content);
    return Files.write(directory.resolve("capture.pcap"), content);
  }

  private static StoredObject object(String key) {
    return new StoredObject(key, "application/vnd.tcpdump.pcap", Map.of());
  }

  private ArtifactStore.PartsMemory memory() {
    return new ArtifactStore.PartsMemory() {
      @Override
      public Optional<String> uploadId() {
        return remembered;
      }

      @Override
      public void remember(Optional<String> uploadId) {
        remembered = uploadId;
      }
    };
  }

  private static S3Client client(URI endpoint) {
    return S3Clients.client(
        new S3Settings(
            Optional.of(endpoint),
            Optional.empty(),
            "us-east-1",
            s3.bucket(),
            "",
            true,
            Optional.of(
                new S3Settings.Credentials(
                    new Secret(s3.credentials().accessKeyId()),
                    new Secret(s3.credentials().secretAccessKey()))),
            S3Settings.Checksums.WHEN_SUPPORTED,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            S3Route.STANDARD,
            S3Storage.STANDARD));
  }
}
