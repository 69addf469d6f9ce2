package io.alertcap.standalone.bench;

import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.TcpReport;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What a busy DNS server's capture has to tell, as long as it gets: all lists are full. */
record Reports(Statistics statistics, DnsReport dns, TcpReport tcp) {

  static Reports read() {
    try (InputStream file =
        Objects.requireNonNull(Reports.class.getResourceAsStream("reports.json"))) {
      return switch (Json.read(file.readAllBytes(), Reports.class)) {
        case Reading.Valid<Reports>(Reports reports) -> reports;
        case Reading.Invalid<Reports> invalid ->
            throw new IllegalStateException("reports.json: " + invalid.sentence());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
