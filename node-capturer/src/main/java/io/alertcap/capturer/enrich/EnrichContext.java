package io.alertcap.capturer.enrich;

import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.PayloadProfile;

/**
 * What is known about a capture besides its packets, and what is to become of them.
 *
 * @param request who asked for it, and why
 * @param result what was captured, and what the kernel counted
 * @param filter that was in force, the operator's included; in libpcap's syntax
 * @param payload how much of each packet is kept
 * @param dnsPorts where DNS is spoken
 * @param version of alertcap
 */
public record EnrichContext(
    CaptureRequest request,
    CaptureResult result,
    String filter,
    PayloadProfile payload,
    DnsPorts dnsPorts,
    FileFormat format,
    Compression compression,
    String version) {

  /** Of the file's name, {@code .pcapng.gz}. */
  public String extension() {
    return format.extension() + compression.extension();
  }
}
