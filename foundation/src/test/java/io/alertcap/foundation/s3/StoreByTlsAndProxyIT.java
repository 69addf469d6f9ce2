package io.alertcap.foundation.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.testing.Front;
import io.alertcap.testing.S3Extension;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

/** A real store behind a certificate of a private authority, and one that only a proxy reaches. */
class StoreByTlsAndProxyIT {

  @RegisterExtension static final S3Extension s3 = new S3Extension();
  @TempDir Path directory;

  @Test
  void aPrivateStoreIsTrustedByItsAuthority() throws Exception {
    X509Bundle own = certificate();
    Path ca = Files.writeString(directory.resolve("ca.pem"), own.getCertificatePEM());
    try (Front front = Front.tls(s3.endpoint(), context(own));
        S3Client client =
            client("endpoint: %s, caFile: %s".formatted(front.endpoint(), ca), s3.bucket())) {
      assertThat(client.headBucket(head -> head.bucket(s3.bucket()))).isNotNull();
    }
  }

  @Test
  void andByNobodyElseWhichNamesTheSetting() throws Exception {
    Path another =
        Files.writeString(directory.resolve("another.pem"), certificate().getCertificatePEM());
    try (Front front = Front.tls(s3.endpoint(), context(certificate()));
        S3Client client =
            client("endpoint: %s, caFile: %s".formatted(front.endpoint(), another), s3.bucket())) {
      SdkClientException refused =
          catchThrowableOfType(
              SdkClientException.class, () -> client.headBucket(head -> head.bucket(s3.bucket())));

      S3Failure failure = S3Failure.of(refused, s3.bucket(), "us-east-1", "s3:ListBucket");
      assertThat(failure.sentence()).contains("s3.caFile").doesNotContain("network");
      assertThat(failure.needsOperator()).isTrue();
    }
  }

  @Test
  void aStoreThatOnlyTheProxyReachesIsReached() throws IOException {
    String store = "endpoint: http://store.invalid:9000";
    try (Front proxy = Front.plain(s3.endpoint(), head -> "");
        S3Client client = client(store + ", proxy: " + proxy.endpoint(), s3.bucket());
        S3Client direct = client(store, s3.bucket())) {
      assertThat(client.headBucket(head -> head.bucket(s3.bucket()))).isNotNull();

      assertThat(proxy.heads()).first().asString().startsWith("HEAD http://store.invalid:9000/");
      assertThatThrownBy(() -> direct.headBucket(head -> head.bucket(s3.bucket())))
          .isInstanceOf(SdkClientException.class);
    }
  }

  private static S3Client client(String keys, String bucket) {
    return S3Clients.client(
        ConfigurationSource.text(
                "s3.yaml",
                "s3: {%s, bucket: %s, accessKey: %s, secretKey: %s, callTimeout: 5s, attemptTimeout: 5s}"
                    .formatted(
                        keys,
                        bucket,
                        s3.credentials().accessKeyId(),
                        s3.credentials().secretAccessKey()))
            .read(root -> S3Settings.from(root.section("s3")))
            .settings());
  }

  private static X509Bundle certificate() throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=127.0.0.1")
        .addSanIpAddress("127.0.0.1")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static SSLContext context(X509Bundle own) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.toKeyManagerFactory().getKeyManagers(), null, null);
    return context;
  }
}
