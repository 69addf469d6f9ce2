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
  void everyObjectSaysHowItIsToBeKept() throws IOException {
    Path large =
        Files.write(
            directory.resolve("large.pcap"), new byte[(int) S3ArtifactStore.PART_BYTES + 1]);
    Path small = Files.write(directory.resolve("small.pcap"), new byte[10]);
    try (Front front = Front.plain(s3.endpoint(), head -> "")) {
      S3Settings settings = settings(front);
      try (S3ArtifactStore store =
          new S3ArtifactStore(S3Clients.client(settings), "captures", settings.storage())) {
        assertThat(store.store(object("large"), large, NOTHING)).isEqualTo(new StoreAnswer.Done());
        assertThat(store.store(object("small"), small, NOTHING)).isEqualTo(new StoreAnswer.Done());
        assertThat(store.store(object("record"), new byte[10])).isEqualTo(new StoreAnswer.Done());
      }
      List<String> making =
          front.heads().stream().filter(StorageIT::makesAnObject).map(StorageIT::lower).toList();
      assertThat(making).hasSize(3);
      assertThat(making)
          .allMatch(head -> head.contains("x-amz-server-side-encryption: aws:kms\r\n"))
          .allMatch(head ->
              head.contains("x-amz-server-side-encryption-aws-kms-key-id: alias/captures\r\n"))
          .allMatch(head -> head.contains("x-amz-storage-class: standard_ia\r\n"));
    }
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

  private static S3Settings settings(Front front) {
    return ConfigurationSource.text(
            "s3.yaml",
            """
            endpoint: %s
            bucket: captures
            accessKey: %s
            secretKey: %s
            encryption: aws:kms
            encryptionKey: alias/captures
            storageClass: STANDARD_IA
            """
                .formatted(
                    front.endpoint(),
                    s3.credentials().accessKeyId(),
                    s3.credentials().secretAccessKey()))
        .read(S3Settings::from)
        .settings();
  }
}
