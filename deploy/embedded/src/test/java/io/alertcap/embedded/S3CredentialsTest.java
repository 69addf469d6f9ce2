package io.alertcap.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3CredentialsTest {
  @TempDir Path directory;

  @Test
  void areMadeOnceAndKept() throws IOException {
    Path file = directory.resolve("data/s3-credentials");

    S3Credentials made = S3Credentials.keptIn(file);

    assertThat(S3Credentials.keptIn(file)).isEqualTo(made);
    assertThat(made).isNotEqualTo(S3Credentials.random());
  }

  @Test
  void areReadableByTheirOwnerOnly() throws IOException {
    Path file = directory.resolve("s3-credentials");

    S3Credentials.keptIn(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void areLeftAloneWhereTheFileHoldsNone() throws IOException {
    Path file = Files.writeString(directory.resolve("s3-credentials"), "[default]\n");

    assertThatThrownBy(() -> S3Credentials.keptIn(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("[default]");
  }

  @Test
  void hideTheSecretWhenPrinted() {
    S3Credentials credentials = S3Credentials.random();

    assertThat(credentials.toString()).doesNotContain(credentials.secretAccessKey());
  }
}
