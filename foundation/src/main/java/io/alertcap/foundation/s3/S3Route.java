package io.alertcap.foundation.s3;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.tls.TrustedCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the store is reached.
 *
 * @param trusted whom its certificate must lead to; the platform's authorities where empty
 * @param proxy {@code http://host:port} to go through; where empty, what the variables {@code
 *     HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} say
 */
public record S3Route(Optional<TrustedCertificates> trusted, Optional<URI> proxy) {

  /** As the platform has it. */
  public static final S3Route STANDARD = new S3Route(Optional.empty(), Optional.empty());

  static Setting<S3Route> from(Section s3) {
    Setting<Optional<TrustedCertificates>> trusted =
        s3.path("caFile").as(S3Route::certificates).optional();
    Setting<Optional<URI>> proxy =
        s3.uri("proxy").check(S3Route::isProxy, "must be http://host:port").optional();
    return s3.build(() -> new S3Route(trusted.get(), proxy.get()));
  }

  private static TrustedCertificates certificates(Path caFile) {
    try {
      return TrustedCertificates.of(caFile);
    } catch (IOException e) {
      throw new IllegalArgumentException("must be a file of certificates in PEM: " + e, e);
    }
  }

  private static boolean isProxy(URI uri) {
    return "http".equals(uri.getScheme())
        && uri.getHost() != null
        && uri.getPort() > 0
        && uri.getUserInfo() == null
        && uri.getQuery() == null
        && List.of("", "/").contains(uri.getPath());
  }
}
