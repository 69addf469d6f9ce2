package io.alertcap.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;

/** The one key pair that an {@link EmbeddedS3} accepts. */
public record S3Credentials(String accessKeyId, String secretAccessKey) {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** A new random pair. */
  public static S3Credentials random() {
    SecureRandom random = new SecureRandom();
    byte[] id = new byte[8];
    byte[] secret = new byte[24];
    random.nextBytes(id);
    random.nextBytes(secret);
    HexFormat hex = HexFormat.of();
    return new S3Credentials("alertcap" + hex.formatHex(id), hex.formatHex(secret));
  }

  /**
   * The pair in {@code file}; where there is no such file, a new random pair, kept in it from then
   * on and readable by its owner only.
   *
   * <p>The file is in the format of {@code ~/.aws/credentials}, so that {@code
   * AWS_SHARED_CREDENTIALS_FILE} can name it for any S3 tool.
   *
   * @throws IOException if the file cannot be read or written, or has no such pair in it
   */
  public static S3Credentials keptIn(Path file) throws IOException {
    if (Files.notExists(file)) {
      write(random(), file);
    }
    return read(file);
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "S3Credentials[accessKeyId=" + accessKeyId + "]";
  }

  private static S3Credentials read(Path file) throws IOException {
    ProfileFile profiles =
        ProfileFile.builder().content(file).type(ProfileFile.Type.CREDENTIALS).build();
    Profile profile =
        profiles
            .profile("default")
            .orElseThrow(() -> new IOException(file + " has no profile [default]"));
    return new S3Credentials(
        property(file, profile, ProfileProperty.AWS_ACCESS_KEY_ID),
        property(file, profile, ProfileProperty.AWS_SECRET_ACCESS_KEY));
  }

  private static String property(Path file, Profile profile, String name) throws IOException {
    return profile
        .property(name)
        .orElseThrow(() -> new IOException(file + " has no " + name + " in [default]"));
  }

  /** Whole or not at all, and never over a file that somebody else has written meanwhile. */
  private static void write(S3Credentials credentials, Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " is not a file name");
    }
    Files.createDirectories(directory);
    Path draft = Files.createTempFile(directory, "credentials", ".tmp", OWNER_ONLY);
    try {
      Files.writeString(
          draft,
          """
          [default]
          %s = %s
          %s = %s
          """
              .formatted(
                  ProfileProperty.AWS_ACCESS_KEY_ID,
                  credentials.accessKeyId,
                  ProfileProperty.AWS_SECRET_ACCESS_KEY,
                  credentials.secretAccessKey));
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Somebody was quicker: theirs is read.
      return;
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
