package io.alertcap.foundation.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.s3.S3Settings.Checksums;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

  private static S3Settings settings(String keys) {
    return ConfigurationSource.text("config.yaml", "s3: {" + keys + "}")
        .read(root -> S3Settings.from(root.section("s3")))
        .settings();
  }

  private static List<String> problems(String keys) {
    return catchThrowableOfType(InvalidConfiguration.class, () -> settings(keys)).problems();
  }

  @Test
  void needsNoMoreThanABucket() {
    S3Settings settings = settings("bucket: captures");

    assertThat(settings.endpoint()).isEmpty();
    assertThat(settings.region()).isEqualTo("us-east-1");
    assertThat(settings.prefix()).isEmpty();
    assertThat(settings.pathStyle()).isFalse();
    assertThat(settings.credentials()).isEmpty();
    assertThat(settings.checksums()).isEqualTo(Checksums.WHEN_SUPPORTED);
  }

  @Test
  void anEndpointMeansPathStyleUnlessSaidOtherwise() {
    String keys = "bucket: captures, endpoint: 'http://minio:9000', checksums: WHEN_REQUIRED";

    assertThat(settings(keys).pathStyle()).isTrue();
    assertThat(settings(keys + ", pathStyle: false").pathStyle()).isFalse();
    assertThat(settings(keys).checksums()).isEqualTo(Checksums.WHEN_REQUIRED);
  }

  @ParameterizedTest
  @CsvSource({"captures,captures", "captures/prod/,captures/prod", "'''''',''", "a..b,a..b"})
  void takesPrefixes(String written, String prefix) {
    assertThat(settings("bucket: captures, prefix: " + written).prefix()).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "a//b", "..", "a/../b", "./a", "a b", "/", "a?b", "ä"})
  void refusesPrefixes(String prefix) {
    assertThat(problems("bucket: captures, prefix: '" + prefix + "'"))
        .singleElement()
        .asString()
        .startsWith("config.yaml:1: s3.prefix: must");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a", "http:///x", "http://user:pw@a", "http://a?b=c", "s3:bucket"})
  void refusesEndpoints(String endpoint) {
    assertThat(problems("bucket: captures, endpoint: '" + endpoint + "'"))
        .containsExactly(
            "config.yaml:1: s3.endpoint: must be http://host:port or https://host:port");
  }

  @Test
  void namesEveryError() {
    assertThat(problems("bucket: No, callTimeout: 1ms"))
        .containsExactly(
            "config.yaml:1: s3.bucket: must be 3 to 63 of a-z, 0-9, '.' and '-'",
            "config.yaml:1: s3.callTimeout: must be between 100ms and 3600s, and is 1ms");
    assertThat(problems("bucket: captures, accessKey: a"))
        .containsExactly("config.yaml:1: s3: accessKey and secretKey must be given together");
    assertThat(problems("bucket: captures, callTimeout: 1s, attemptTimeout: 2s"))
        .containsExactly("config.yaml:1: s3: attemptTimeout must not be longer than callTimeout");
  }

  @Test
  void leavesToTheBucketHowFilesAreKeptUnlessSaidOtherwise() {
    assertThat(settings("bucket: captures, encryption: none").storage())
        .isEqualTo(S3Storage.STANDARD);
    assertThat(
            settings("bucket: captures, encryption: aws:kms, encryptionKey: alias/captures")
                .storage())
        .isEqualTo(
            new S3Storage(Optional.of("aws:kms"), Optional.of("alias/captures"), Optional.empty()));
    assertThat(settings("bucket: captures, encryption: aes256, storageClass: GLACIER_IR").storage())
        .isEqualTo(
            new S3Storage(Optional.of("AES256"), Optional.empty(), Optional.of("GLACIER_IR")));
  }

  @Test
  void refusesWhatNoStoreCouldDo() {
    assertThat(problems("bucket: captures, encryption: rot13, proxy: 'https://user:pw@proxy:1'"))
        .containsExactlyInAnyOrder(
            "config.yaml:1: s3.encryption: must be one of none, AES256, aws:kms, aws:kms:dsse",
            "config.yaml:1: s3.proxy: must be http://host:port");
    assertThat(problems("bucket: captures, encryption: AES256, encryptionKey: k"))
        .containsExactly("config.yaml:1: s3: encryptionKey is for encryption: aws:kms only");
    assertThat(problems("bucket: captures, storageClass: DEEP_ARCHIVE"))
        .singleElement()
        .asString()
        .contains("s3.storageClass: must be one whose files can be read at once");
    assertThat(problems("bucket: captures, caFile: /no/such/file"))
        .singleElement()
        .asString()
        .contains("s3.caFile: must be a file of certificates in PEM", "/no/such/file");
  }

  @Test
  void showsNoKeys() {
    S3Settings settings =
        settings("bucket: captures, accessKey: AKIA, secretKey: hunter2, callTimeout: 5m");

    assertThat(settings.toString()).doesNotContain("AKIA", "hunter2");
    assertThat(settings.callTimeout()).isEqualTo(Duration.ofMinutes(5));
  }
}
