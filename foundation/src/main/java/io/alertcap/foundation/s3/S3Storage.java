package io.alertcap.foundation.s3;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the store is to keep what it is sent. What is empty is left to the bucket.
 *
 * @param encryption {@code AES256} or {@code aws:kms}, as S3 calls them
 * @param encryptionKey id, alias or ARN of the key of {@code aws:kms}; Amazon's own where empty
 * @param storageClass as S3 calls it; one of which files can be read at once
 */
public record S3Storage(
    Optional<String> encryption, Optional<String> encryptionKey, Optional<String> storageClass) {

  /** As the bucket has it. */
  public static final S3Storage STANDARD =
      new S3Storage(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String NONE = "none";
  private static final String KMS = "aws:kms";
  private static final List<String> ENCRYPTIONS = List.of(NONE, "AES256", KMS, "aws:kms:dsse");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9:/_-]{1,2048}");
  private static final Pattern STORAGE_CLASS = Pattern.compile("[A-Z0-9_]{1,64}");

  /** Files of these have to be restored, for hours, before anybody can read them. */
  private static final List<String> ARCHIVES = List.of("GLACIER", "DEEP_ARCHIVE");

  /** Refuses a key where nothing is encrypted with one. */
  public S3Storage {
    if (encryptionKey.isPresent() && encryption.filter(kind -> kind.startsWith(KMS)).isEmpty()) {
      throw new IllegalArgumentException("encryptionKey is for encryption: aws:kms only");
    }
  }

  static Setting<S3Storage> from(Section s3) {
    Setting<String> encryption = s3.text("encryption").as(S3Storage::encryption).orElse(NONE);
    Setting<Optional<String>> key =
        s3.text("encryptionKey")
            .check(KEY.asMatchPredicate(), "must be the id, alias or ARN of a key")
            .optional();
    Setting<Optional<String>> storageClass =
        s3.text("storageClass")
            .check(STORAGE_CLASS.asMatchPredicate(), "must be such as STANDARD_IA or GLACIER_IR")
            .check(
                name -> !ARCHIVES.contains(name),
                "must be one whose files can be read at once, such as STANDARD_IA or GLACIER_IR: let a lifecycle rule move them to an archive later")
            .optional();
    return s3.build(() ->
        new S3Storage(
            Optional.of(encryption.get()).filter(kind -> !kind.equals(NONE)),
            key.get(),
            storageClass.get()));
  }

  private static String encryption(String text) {
    return ENCRYPTIONS.stream()
        .filter(known -> known.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be one of " + String.join(", ", ENCRYPTIONS)));
  }
}
