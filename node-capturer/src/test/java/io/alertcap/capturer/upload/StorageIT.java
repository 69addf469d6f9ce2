package io.alertcap.capturer.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.s3.S3Clients;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.testing.Front;
import io.alertcap.testing.S3Extension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How files are to be kept is said with each object, the large and the small. */
class StorageIT {

  @RegisterExtension static final S3Extension s3 = new S3Extension();
  @TempDir Path directory;

  @Test
  void everyObjectIsStoredInTheClassThatTheSettingsName() throws IOException {
    try (Front front = Front.plain(s3.endpoint(), head -> "")) {
      assertThat(storeThree(front, "storageClass: STANDARD_IA"))
          .containsOnly(new StoreAnswer.Done());

      assertThat(making(front))
          .hasSize(3)
          .allMatch(head -> head.contains("x-amz-storage-class: standard_ia\r\n"));
    }
  }

  /** This server encrypts nothing: it stores none of what was to be encrypted. */
  @Test
  void aStoreThatCannotDoSoIsToldOfWithTheSetting() throws IOException {
    try (Front front = Front.plain(s3.endpoint(), head -> "")) {
      assertThat(storeThree(front, "encryption: aws:kms, encryptionKey: alias/captures"))
          .allMatch(answer -> answer.toString().contains("s3.encryption"));

      assertThat(making(front))
          .hasSizeGreaterThanOrEqualTo(3)
          .allMatch(head -> head.contains("x-amz-server-side-encryption: aws:kms\r\n"))
          .allMatch(head ->
              head.contains("x-amz-server-side-encryption-aws-kms-key-id: alias/captures\r\n"));
    }
  }

  /** A large file, a small one, and a record. */
  private List<StoreAnswer> storeThree(Front front, String keys) throws IOException {
    Path large =
        Files.write(
            directory.resolve("large.pcap"), new byte[(int) S3ArtifactStore.PART_BYTES + 1]);
    Path small = Files.write(directory.resolve("small.pcap"), new byte[10]);
    S3Settings settings = settings(front, keys);
    try (S3ArtifactStore store =
        new S3ArtifactStore(S3Clients.client(settings), s3.bucket(), settings.storage())) {
      return List.of(
          store.store(object("large"), large, NOTHING),
          store.store(object("small"), small, NOTHING),
          store.store(object("record"), new byte[10]));
    }
  }

  private static List<String> making(Front front) {
    return front.heads().stream().filter(StorageIT::makesAnObject).map(StorageIT::lower).toList();
  }

  private static boolean makesAnObject(String head) {
    return head.contains("?uploads") || (head.startsWith("PUT ") && !head.contains("partNumber="));
  }

  private static String lower(String head) {
    return head.toLowerCase(Locale.ROOT);
  }

  private static final ArtifactStore.PartsMemory NOTHING =
      new ArtifactStore.PartsMemory() {
        @Override
        public Optional<String> uploadId() {
          return Optional.empty();
        }

        @Override
        public void remember(Optional<String> uploadId) {}
      };

  private static StoredObject object(String key) {
    return new StoredObject(key, "application/vnd.tcpdump.pcap", Map.of());
  }

  private static S3Settings settings(Front front, String keys) {
    return ConfigurationSource.text(
            "s3.yaml",
            "s3: {endpoint: %s, bucket: %s, accessKey: %s, secretKey: %s, %s}"
                .formatted(
                    front.endpoint(),
                    s3.bucket(),
                    s3.credentials().accessKeyId(),
                    s3.credentials().secretAccessKey(),
                    keys))
        .read(root -> S3Settings.from(root.section("s3")))
        .settings();
  }
}
