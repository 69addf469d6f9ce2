package io.alertcap.capturer.upload;

import io.alertcap.schemas.CaptureRequest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where a capture lies in the bucket: {@code prefix/2026/11/22/namespace/pod/id.pcapng.gz}. A
 * function of the request alone, so that every retry names the same object. Namespace, pod and id
 * are what Kubernetes and {@code CaptureId} let them be, and hold neither a slash nor a lone dot.
 *
 * @param stem everything but the extension
 */
record ArtifactKey(String stem) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  static ArtifactKey of(String prefix, CaptureRequest request) {
    String path =
        String.join(
            "/",
            DAY.format(request.commandedAt()),
            request.target().namespace(),
            request.target().pod(),
            request.id().value());
    return new ArtifactKey(prefix.isEmpty() ? path : prefix + "/" + path);
  }

  String packets(String extension) {
    return stem + extension;
  }

  String transcript() {
    return stem + ".dns.txt";
  }

  String record() {
    return stem + ".json";
  }
}
