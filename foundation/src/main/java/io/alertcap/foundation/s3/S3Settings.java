package io.alertcap.foundation.s3;

import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code s3}.
 *
 * @param endpoint of a store that is not Amazon's; Amazon's own for the region where empty
 * @param publicEndpoint the same store as browsers reach it, for presigned URLs; {@code endpoint}
 *     where empty
 * @param prefix of every key, without slashes at its ends; may be empty
 * @param pathStyle bucket in the path, not in the host's name; unless given, true where there is an
 *     {@code endpoint}
 * @param credentials where empty, the SDK's default chain: environment, profile, web identity,
 *     instance
 * @param callTimeout for one operation with all its retries
 * @param attemptTimeout for one of these; no longer than {@code callTimeout}
 * @param route how the store is reached
 * @param storage how it is to keep what it is sent
 */
public record S3Settings(
    Optional<URI> endpoint,
    Optional<URI> publicEndpoint,
    String region,
    String bucket,
    String prefix,
    boolean pathStyle,
    Optional<Credentials> credentials,
    Checksums checksums,
    Duration callTimeout,
    Duration attemptTimeout,
    S3Route route,
    S3Storage storage) {

  /** What a bucket may be called: at least as strict as any store that is compatible with S3. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** Words between single slashes; characters that need no escaping in a URL or a shell. */
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*)?");

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration DEFAULT_CALL = Duration.ofMinutes(10);
  private static final Duration DEFAULT_ATTEMPT = Duration.ofMinutes(2);

  /** Refuses an attempt that could outlast its call. */
  public S3Settings {
    if (attemptTimeout.compareTo(callTimeout) > 0) {
      throw new IllegalArgumentException("attemptTimeout must not be longer than callTimeout");
    }
  }

  /**
   * Where captures go, as a text to compare: {@code s3://bucket/prefix}, or with the host and port
   * of another store. A store on this machine is the same by any port.
   */
  public String destination() {
    String store = endpoint.map(S3Settings::authority).orElse("s3:/");
    return prefix.isEmpty()
        ? "%s/%s".formatted(store, bucket)
        : "%s/%s/%s".formatted(store, bucket, prefix);
  }

  private static String authority(URI endpoint) {
    return LOOPBACK.contains(endpoint.getHost()) ? endpoint.getHost() : endpoint.getAuthority();
  }

  /** A pair of keys that belong together. */
  public record Credentials(Secret accessKey, Secret secretKey) {}

  /** Whether uploads carry a checksum that the store checks. */
  public enum Checksums {
    /** Wherever the operation knows one; the SDK's own choice. */
    WHEN_SUPPORTED,
    /** Only where the operation demands one: for stores that refuse trailing checksums. */
    WHEN_REQUIRED
  }

  /** Reads the section. */
  public static Setting<S3Settings> from(Section s3) {
    Setting<Optional<URI>> endpoint = endpoint(s3, "endpoint");
    Setting<Optional<URI>> publicEndpoint = endpoint(s3, "publicEndpoint");
    Setting<String> region = s3.text("region").orElse("us-east-1");
    Setting<String> bucket =
        s3.text("bucket")
            .check(BUCKET.asMatchPredicate(), "must be 3 to 63 of a-z, 0-9, '.' and '-'")
            .required();
    Setting<String> prefix = s3.text("prefix").as(S3Settings::prefix).orElse("");
    Setting<Optional<Boolean>> pathStyle = s3.bool("pathStyle").optional();
    Setting<Optional<Credentials>> credentials = credentials(s3);
    Setting<Checksums> checksums =
        s3.oneOf("checksums", Checksums.class).orElse(Checksums.WHEN_SUPPORTED);
    Setting<Duration> call =
        s3.duration("callTimeout").between(SHORTEST, LONGEST).orElse(DEFAULT_CALL);
    Setting<Duration> attempt =
        s3.duration("attemptTimeout").between(SHORTEST, LONGEST).orElse(DEFAULT_ATTEMPT);
    Setting<S3Route> route = S3Route.from(s3);
    Setting<S3Storage> storage = S3Storage.from(s3);
    return s3.build(() ->
        new S3Settings(
            endpoint.get(),
            publicEndpoint.get(),
            region.get(),
            bucket.get(),
            prefix.get(),
            pathStyle.get().orElse(endpoint.get().isPresent()),
            credentials.get(),
            checksums.get(),
            call.get(),
            attempt.get(),
            route.get(),
            storage.get()));
  }

  private static Setting<Optional<URI>> endpoint(Section s3, String key) {
    return s3.uri(key)
        .check(
            uri ->
                List.of("http", "https").contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null,
            "must be http://host:port or https://host:port")
        .optional();
  }

  /** Keys begin with it, so nothing in it may climb or vanish when they become paths or URLs. */
  private static String prefix(String text) {
    String prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    if (text.startsWith("/") || !PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "must be words between single slashes, none at the front, such as captures/prod");
    }
    for (String word : prefix.split("/", -1)) {
      if (word.equals(".") || word.equals("..")) {
        throw new IllegalArgumentException("must not contain '" + word + "' as a word");
      }
    }
    return prefix;
  }

  private static Setting<Optional<Credentials>> credentials(Section s3) {
    Setting<Optional<Secret>> access = s3.secret("accessKey").optional();
    Setting<Optional<Secret>> secret = s3.secret("secretKey").optional();
    return s3.build(() -> {
      if (access.get().isPresent() != secret.get().isPresent()) {
        throw new IllegalArgumentException("accessKey and secretKey must be given together");
      }
      return access.get().flatMap(a -> secret.get().map(s -> new Credentials(a, s)));
    });
  }
}
