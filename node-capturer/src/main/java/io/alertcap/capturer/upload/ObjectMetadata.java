package io.alertcap.capturer.upload;

import io.alertcap.capturer.prepare.Prepared;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an object says of itself without being opened. S3 takes US-ASCII only, and 2 KB in all (user
 * guide, "User-defined object metadata"), so everything else is percent-encoded as in a URI, and a
 * long value is cut.
 */
final class ObjectMetadata {

  private static final int LONGEST = 200;

  private ObjectMetadata() {}

  static Map<String, String> of(CaptureRequest request, CaptureResult result, Prepared prepared) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("capture-id", request.id().value());
    metadata.put("rule", request.rule());
    request.alert().ifPresent(alert -> metadata.put("alertname", ascii(alert.alertname())));
    metadata.put("namespace", request.target().namespace());
    metadata.put("pod", request.target().pod());
    metadata.put("node", request.target().node());
    metadata.put("sha256", prepared.sha256());
    metadata.put("packets", Long.toString(prepared.packets()));
    metadata.put("link-type", prepared.linkType());
    metadata.put("payload", prepared.enrichment().payload().code());
    prepared.dns().ifPresent(dns -> metadata.put("dns-verdict", dns.verdict().code().code()));
    metadata.put("end", result.end().code());
    metadata.put("partial", Boolean.toString(result.end().partial()));
    return metadata;
  }

  /**
   * Percent-encodes what is not a visible character of US-ASCII or a space, and the percent sign.
   */
  static String ascii(String text) {
    StringBuilder encoded = new StringBuilder();
    int[] characters = text.codePoints().toArray();
    for (int character : characters) {
      String next = encoded(character);
      if (encoded.length() + next.length() > LONGEST) {
        break;
      }
      encoded.append(next);
    }
    return encoded.toString().strip();
  }

  private static String encoded(int character) {
    if (character >= ' ' && character <= '~' && character != '%') {
      return Character.toString(character);
    }
    StringBuilder bytes = new StringBuilder();
    for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      bytes.append('%').append(String.format("%02X", each));
    }
    return bytes.toString();
  }
}
