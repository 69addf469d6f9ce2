package io.alertcap.capturer.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.embedded.S3Credentials;
import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.s3.S3Clients;
import io.alertcap.foundation.s3.S3Route;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.foundation.s3.S3Storage;
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

/** Against a real S3 server, signatures and all. */
class S3ArtifactStoreIT {

  private static final int PART = (int) S3ArtifactStore.PART_BYTES;

  @RegisterExtension static final S3Extension s3 = new S3Extension();
  @TempDir Path directory;

  private final Memory memory = new Memory();

  @Test
  void storesASmallFileWithItsMetadata() throws IOException {
    Path file = file(1000);
    try (S3ArtifactStore store = store(s3.credentials(), s3.bucket())) {
      assertThat(store.store(object("small"), file, memory)).isEqualTo(new StoreAnswer.Done());
    }
    assertSame("small", file);
    try (S3Client client = client(s3.endpoint(), s3.credentials())) {
      assertThat(client.headObject(head -> head.bucket(s3.bucket()).key("small")).metadata())
          .containsEntry("capture-id", "x");
    }
  }

  @Test
  void storesALargeFileInParts() throws IOException {
    Path file = file(2 * PART + 12_345);
    try (S3ArtifactStore store = store(s3.credentials(), s3.bucket())) {
      assertThat(store.store(object("large"), file, memory)).isEqualTo(new StoreAnswer.Done());
    }
    assertSame("large", file);
    assertThat(memory.uploadId()).isEmpty();
    assertThat(memory.remembered).isEqualTo(1);
  }

  @Test
  void resumesWhatAnEarlierProcessBegan() throws IOException {
    Path file = file(PART + 10);
    try (S3Client client = client(s3.endpoint(), s3.credentials());
        S3ArtifactStore store = store(s3.credentials(), s3.bucket())) {
      String uploadId =
          client
              .createMultipartUpload(create -> create.bucket(s3.bucket()).key("resumed"))
              .uploadId();
      byte[] first = java.util.Arrays.copyOf(Files.readAllBytes(file), PART);
      client.uploadPart(
          part -> part.bucket(s3.bucket()).key("resumed").uploadId(uploadId).partNumber(1),
          RequestBody.fromBytes(first));
      memory.remember(Optional.of(uploadId));

      assertThat(store.store(object("resumed"), file, memory)).isEqualTo(new StoreAnswer.Done());
    }
    assertSame("resumed", file);
    assertThat(memory.remembered).isEqualTo(1);
  }

  @Test
  void beginsAnewWhereTheStoreHasForgotten() throws IOException {
    Path file = file(PART + 10);
    memory.remember(Optional.of("no-such-upload"));
    try (S3ArtifactStore store = store(s3.credentials(), s3.bucket())) {
      assertThat(store.store(object("again"), file, memory)).isEqualTo(new StoreAnswer.Done());
    }
    assertSame("again", file);
  }

  @Test
  void abortsWhatItGivesUp() {
    try (S3Client client = client(s3.endpoint(), s3.credentials());
        S3ArtifactStore store = store(s3.credentials(), s3.bucket())) {
      memory.remember(
          Optional.of(
              client
                  .createMultipartUpload(create -> create.bucket(s3.bucket()).key("given-up"))
                  .uploadId()));

      assertThat(store.abort("given-up", memory)).isEqualTo(new StoreAnswer.Done());
      assertThat(store.abort("given-up", memory)).isEqualTo(new StoreAnswer.Done());
    }
    assertThat(memory.uploadId()).isEmpty();
  }

  @Test
  void saysWhichSettingIsWrong() throws IOException {
    Path file = file(10);
    try (S3ArtifactStore stranger = store(S3Credentials.random(), s3.bucket());
        S3ArtifactStore elsewhere = store(s3.credentials(), "no-such-bucket");
        S3ArtifactStore nowhere =
            new S3ArtifactStore(
                client(URI.create("http://127.0.0.1:9"), s3.credentials()),
                s3.bucket(),
                S3Storage.STANDARD)) {
      assertFailed(stranger.store(object("x"), file, memory), "s3.accessKey", true);
      assertFailed(elsewhere.store(object("x"), file, memory), "s3.bucket", true);
      assertFailed(elsewhere.probe(), "s3.bucket", true);
      assertFailed(nowhere.store(object("x"), file, memory), "s3.endpoint", false);
    }
  }

  @Test
  void aBucketThatIsThereCanBeProbed() {
    try (S3ArtifactStore store = store(s3.credentials(), s3.bucket())) {
      assertThat(store.probe()).isEqualTo(new StoreAnswer.Done());
    }
  }

  private static void assertFailed(StoreAnswer answer, String setting, boolean needsOperator) {
    assertThat(answer).isInstanceOf(StoreAnswer.Failed.class);
    StoreAnswer.Failed failed = (StoreAnswer.Failed) answer;
    assertThat(failed.reason()).contains(setting);
    assertThat(failed.needsOperator()).isEqualTo(needsOperator);
  }

  private void assertSame(String key, Path file) throws IOException {
    Path copy = directory.resolve("copy");
    try (S3Client client = client(s3.endpoint(), s3.credentials())) {
      client.getObject(get -> get.bucket(s3.bucket()).key(key), copy);
    }
    assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
  }

  private Path file(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(directory.resolve("capture.pcap"), content);
  }

  private static StoredObject object(String key) {
    return new StoredObject(key, "application/vnd.tcpdump.pcap", Map.of("capture-id", "x"));
  }

  private static S3ArtifactStore store(S3Credentials credentials, String bucket) {
    return new S3ArtifactStore(client(s3.endpoint(), credentials), bucket, S3Storage.STANDARD);
  }

  private static S3Client client(URI endpoint, S3Credentials credentials) {
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
                    new Secret(credentials.accessKeyId()),
                    new Secret(credentials.secretAccessKey()))),
            S3Settings.Checksums.WHEN_SUPPORTED,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            S3Route.STANDARD,
            S3Storage.STANDARD));
  }

  private static final class Memory implements ArtifactStore.PartsMemory {

    private Optional<String> uploadId = Optional.empty();
    private int remembered;

    @Override
    public Optional<String> uploadId() {
      return uploadId;
    }

    @Override
    public void remember(Optional<String> uploadId) {
      this.uploadId = uploadId;
      remembered += uploadId.isPresent() ? 1 : 0;
    }
  }
}
