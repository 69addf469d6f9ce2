package io.alertcap.foundation.s3;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Why the store did not do what it was asked for.
 *
 * @param sentence for the operator: it names the setting to look at
 * @param needsOperator whether it will not pass by itself, as far as one can tell
 */
public record S3Failure(String sentence, boolean needsOperator) {

  private static final Set<Integer> ELSEWHERE_STATUS = Set.of(301, 307, 400);

  /** What the message of a signature for the wrong region ends in. */
  private static final Pattern EXPECTING = Pattern.compile("expecting '([^']*)'");

  /** Codes of status 400 that are about credentials. */
  private static final Set<String> OLD_CREDENTIALS = Set.of("ExpiredToken", "InvalidToken");

  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

  /**
   * Says what the SDK threw.
   *
   * @param region that requests are signed for
   * @param rights that the bucket's policy has to give, as S3 calls them
   */
  public static S3Failure of(SdkException e, String bucket, String region, String rights) {
    return e instanceof S3Exception answer
        ? answered(answer, bucket, region, rights)
        : unanswered(e, bucket);
  }

  private static S3Failure answered(S3Exception e, String bucket, String region, String rights) {
    String code = code(e);
    Optional<String> home = region(e).filter(named -> !named.equals(region));
    if (home.isPresent()) {
      return operators(
          "The bucket %s is in the region %s, and s3.region is %s (%s): set s3.region to %s."
              .formatted(bucket, home.get(), region, code, home.get()));
    }
    if (OLD_CREDENTIALS.contains(code)) {
      return operators(
          "The store takes these credentials for the bucket %s no more (%s): give s3.accessKey and s3.secretKey, or where the platform hands them out, see that it renews them."
              .formatted(bucket, code));
    }
    return switch (e.statusCode()) {
      case 403, 401 ->
          operators(
              "The store does not let this user into the bucket %s (%s): check s3.accessKey, s3.secretKey and the bucket's policy, which must allow %s."
                  .formatted(bucket, code, rights));
      case 404 ->
          operators(
              "The store does not know the bucket %s (%s): create it, or set s3.bucket and s3.endpoint to where it is."
                  .formatted(bucket, code));
      case 301, 307 ->
          operators(
              "The bucket %s is in another region (%s): set s3.region to it."
                  .formatted(bucket, code));
      case 501 ->
          operators(
              "The store cannot do what it was asked for in the bucket %s (%s): if s3.encryption, s3.encryptionKey or s3.storageClass ask for what it does not know, leave them out; if it does not know trailing checksums, set s3.checksums: when-required."
                  .formatted(bucket, code));
      case 429, 500, 502, 503, 504 ->
          new S3Failure(
              "The store is overloaded or out of order (%d %s): nothing to do unless it stays."
                  .formatted(e.statusCode(), code),
              false);
      default ->
          operators(
              "The store refused a request to the bucket %s (%s): see that s3.region is the bucket's; if the store does not know trailing checksums, set s3.checksums: when-required."
                  .formatted(bucket, e.statusCode() + " " + code));
    };
  }

  private static S3Failure unanswered(SdkException e, String bucket) {
    Throwable root = e;
    boolean tls = false;
    while (root.getCause() != null) {
      root = root.getCause();
      tls |= root instanceof SSLException;
    }
    String reason = root.getMessage() == null ? root.toString() : root.getMessage();
    if (tls) {
      return operators(
          "TLS with the store of the bucket %s fails (%s): set s3.caFile to the authority of its certificate, or s3.endpoint to a name that is in it."
              .formatted(bucket, reason));
    }
    return new S3Failure(
        "The store of the bucket %s cannot be reached (%s): check s3.endpoint and the network."
            .formatted(bucket, reason),
        false);
  }

  /**
   * Where the bucket is, if the store says so: in a header, which is all that an answer to HEAD
   * has, or in the message of AuthorizationHeaderMalformed (S3's API reference, "Error responses").
   */
  private static Optional<String> region(S3Exception e) {
    if (e.awsErrorDetails() == null) {
      return Optional.empty();
    }
    AwsErrorDetails details = e.awsErrorDetails();
    Optional<String> header =
        details.sdkHttpResponse() == null
            ? Optional.empty()
            : details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
    return header
        .filter(unused -> ELSEWHERE_STATUS.contains(e.statusCode()))
        .or(() -> Optional.ofNullable(details.errorMessage()).flatMap(S3Failure::expected))
        .filter(region -> REGION.matcher(region).matches());
  }

  /** "the region 'us-east-1' is wrong; expecting 'eu-central-1'" */
  private static Optional<String> expected(String message) {
    return EXPECTING.matcher(message).results().map(found -> found.group(1)).findFirst();
  }

  private static S3Failure operators(String sentence) {
    return new S3Failure(sentence, true);
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? "status " + e.statusCode()
        : e.awsErrorDetails().errorCode();
  }
}
