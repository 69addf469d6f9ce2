package io.alertcap.foundation.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.testing.Front;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What Amazon's S3 answers, in its own words, and what is made of it. */
class S3FailureTest {

  private static final String MALFORMED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; \
      the region 'us-east-1' is wrong; expecting 'eu-central-1'</Message><Region>eu-central-1</Region></Error>\
      """;

  @Test
  void theWrongRegionIsNamedWithTheRightOne() throws IOException {
    assertThat(afterPut(Front.answer("400 Bad Request", MALFORMED)))
        .isEqualTo(
            "The bucket captures is in the region eu-central-1, and s3.region is us-east-1 (AuthorizationHeaderMalformed): set s3.region to eu-central-1.");
    assertThat(afterHead(empty("400 Bad Request", "eu-central-1")))
        .contains("set s3.region to eu-central-1.");
    assertThat(afterHead(empty("301 Moved Permanently", "eu-central-1")))
        .contains("set s3.region to eu-central-1.");
  }

  @Test
  void theRightRegionIsNotBlamed() throws IOException {
    assertThat(afterHead(empty("400 Bad Request", "us-east-1"))).contains("s3.checksums");
    assertThat(afterHead(empty("403 Forbidden", "eu-central-1"))).contains("s3.accessKey");
  }

  @Test
  void credentialsThatHaveExpiredAreCredentials() throws IOException {
    String xml =
        "<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>";

    assertThat(afterPut(Front.answer("400 Bad Request", xml)))
        .contains("credentials", "ExpiredToken")
        .doesNotContain("s3.checksums");
  }

  private static String empty(String status, String region) {
    return "HTTP/1.1 %s\r\nx-amz-bucket-region: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        .formatted(status, region);
  }

  private static String afterPut(String answer) throws IOException {
    return after(
        answer,
        client ->
            client.putObject(put -> put.bucket("captures").key("x"), RequestBody.fromString("x")));
  }

  private static String afterHead(String answer) throws IOException {
    return after(answer, client -> client.headBucket(head -> head.bucket("captures")));
  }

  private interface Request {
    void send(S3Client client);
  }

  private static String after(String answer, Request request) throws IOException {
    try (Front front = Front.plain(URI.create("http://127.0.0.1:9"), head -> answer);
        S3Client client =
            S3Clients.client(
                ConfigurationSource.text(
                        "s3.yaml",
                        "s3: {endpoint: %s, bucket: captures, accessKey: a, secretKey: b}"
                            .formatted(front.endpoint()))
                    .read(root -> S3Settings.from(root.section("s3")))
                    .settings())) {
      S3Exception refused = catchThrowableOfType(S3Exception.class, () -> request.send(client));
      return S3Failure.of(refused, "captures", "us-east-1", "s3:PutObject").sentence();
    }
  }
}
