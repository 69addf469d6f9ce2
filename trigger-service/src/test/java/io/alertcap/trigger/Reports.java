package io.alertcap.trigger;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.TcpReport;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/** What a busy DNS server's capture has to tell, as long as it gets: all lists are full. */
public record Reports(Statistics statistics, DnsReport dns, TcpReport tcp) {

  public static Reports read() {
    try (InputStream file =
        Objects.requireNonNull(Reports.class.getResourceAsStream("reports.json"))) {
      return switch (Json.read(file.readAllBytes(), Reports.class)) {
        case Reading.Valid<Reports>(Reports reports) -> reports;
        case Reading.Invalid<Reports> invalid -> throw new AssertionError(invalid.sentence());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With all of it: 13 KB of JSON. */
  public CaptureEvent completed(CaptureRequest request) {
    var plain = (CaptureEvent.Completed) Events.completed(request);
    CaptureResult result = plain.result();
    return new CaptureEvent.Completed(
        request,
        plain.at(),
        new CaptureResult(
            result.end(),
            result.networkInterface(),
            result.linkType(),
            result.packets(),
            result.bytes(),
            Optional.of(statistics),
            result.filterActiveAt(),
            result.closedAt()),
        plain.artifact(),
        Optional.empty(),
        Optional.of(dns),
        Optional.of(tcp),
        Optional.empty());
  }
}
