package io.alertcap.foundation.s3;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Why the store did not do what it was asked for.
 *
 * @param sentence for the operator: it names the setting to look at
 * @param needsOperator whether it will not pass by itself, as far as one can tell
 */
public record S3Failure(String sentence, boolean needsOperator) {

  /**
   * Says what the SDK threw.
   *
   * @param rights that the bucket's policy has to give, as S3 calls them
   */
  public static S3Failure of(SdkException e, String bucket, String rights) {
    return e instanceof S3Exception answer
        ? answered(answer, bucket, rights)
        : unanswered(e, bucket);
  }

  private static S3Failure answered(S3Exception e, String bucket, String rights) {
    String code = code(e);
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
      case 429, 500, 502, 503, 504 ->
          new S3Failure(
              "The store is overloaded or out of order (%d %s): nothing to do unless it stays."
                  .formatted(e.statusCode(), code),
              false);
      default ->
          operators(
              "The store refused a request to the bucket %s (%s): if it does not know trailing checksums, set s3.checksums: when-required."
                  .formatted(bucket, e.statusCode() + " " + code));
    };
  }

  private static S3Failure unanswered(SdkException e, String bucket) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = root.getMessage() == null ? root.toString() : root.getMessage();
    return new S3Failure(
        "The store of the bucket %s cannot be reached (%s): check s3.endpoint and the network."
            .formatted(bucket, reason),
        false);
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
