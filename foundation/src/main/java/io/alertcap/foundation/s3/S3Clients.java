package io.alertcap.foundation.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Opens clients; they are thread-safe, and the caller's to close. */
public final class S3Clients {

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

  /**
   * Between two bytes: a store that has gone silent is given up long before the attempt's limit.
   */
  private static final Duration SILENCE_PATIENCE = Duration.ofSeconds(30);

  private S3Clients() {}

  /** A blocking client over the JDK's own HTTP connections. */
  public static S3Client client(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            .requestChecksumCalculation(
                switch (settings.checksums()) {
                  case WHEN_SUPPORTED -> RequestChecksumCalculation.WHEN_SUPPORTED;
                  case WHEN_REQUIRED -> RequestChecksumCalculation.WHEN_REQUIRED;
                })
            .responseChecksumValidation(
                switch (settings.checksums()) {
                  case WHEN_SUPPORTED -> ResponseChecksumValidation.WHEN_SUPPORTED;
                  case WHEN_REQUIRED -> ResponseChecksumValidation.WHEN_REQUIRED;
                })
            .httpClientBuilder(connections(settings.route()))
            .overrideConfiguration(limits ->
                limits
                    .apiCallTimeout(settings.callTimeout())
                    .apiCallAttemptTimeout(settings.attemptTimeout()));
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static UrlConnectionHttpClient.Builder connections(S3Route route) {
    UrlConnectionHttpClient.Builder connections =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_PATIENCE)
            .socketTimeout(SILENCE_PATIENCE);
    route.trusted().ifPresent(trusted -> connections.tlsTrustManagersProvider(trusted::managers));
    route
        .proxy()
        .map(proxy -> ProxyConfiguration.builder().endpoint(proxy).build())
        .ifPresent(connections::proxyConfiguration);
    return connections;
  }

  /** Signs URLs as the outside reaches the store; does so without asking the store. */
  public static S3Presigner presigner(S3Settings settings) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(settings.pathStyle()).build());
    settings.publicEndpoint().or(settings::endpoint).ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    return settings
        .credentials()
        .<AwsCredentialsProvider>map(keys ->
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(keys.accessKey().reveal(), keys.secretKey().reveal())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }
}
