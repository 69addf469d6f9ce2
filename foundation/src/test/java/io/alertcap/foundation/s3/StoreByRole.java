package io.alertcap.foundation.s3;

import io.alertcap.foundation.config.ConfigurationSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Stores an object for each line it reads, with whatever credentials its environment gives it. */
final class StoreByRole {

  private StoreByRole() {}

  /** Takes the store's endpoint, and a bucket. */
  public static void main(String... arguments) throws IOException {
    S3Settings settings =
        ConfigurationSource.text(
                "s3.yaml", "s3: {endpoint: %s, bucket: %s}".formatted(arguments[0], arguments[1]))
            .read(root -> S3Settings.from(root.section("s3")))
            .settings();
    try (S3Client client = S3Clients.client(settings);
        BufferedReader keys =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String key = keys.readLine(); key != null; key = keys.readLine()) {
        System.out.println(store(client, settings.bucket(), key));
      }
    }
  }

  private static String store(S3Client client, String bucket, String key) {
    try {
      client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(key));
      return "stored " + key;
    } catch (SdkException e) {
      return S3Failure.of(e, bucket, "us-east-1", "s3:PutObject").sentence();
    }
  }
}
