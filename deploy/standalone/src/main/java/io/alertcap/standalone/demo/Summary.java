package io.alertcap.standalone.demo;

import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of the demo, for people. */
record Summary(DemoResult result) {

  @Override
  public String toString() {
    CaptureRecord record = result.record();
    Timings timings = record.timings();
    StringBuilder text = new StringBuilder();
    record
        .artifact()
        .ifPresent(artifact -> {
          line(text, "object", "s3://%s/%s".formatted(artifact.bucket(), artifact.key()));
          line(text, "copy", result.copy().toString());
          line(
              text,
              "packets",
              "%d in %d bytes, link type %s"
                  .formatted(artifact.packets(), artifact.bytes(), artifact.linkType()));
        });
    record
        .statistics()
        .flatMap(Statistics::counts)
        .ifPresent(kernel ->
            line(
                text,
                "kernel",
                "%d received, %d dropped, %d lost"
                    .formatted(kernel.received(), kernel.dropped(), kernel.lost())));
    record
        .dns()
        .map(DnsReport::verdict)
        .ifPresent(verdict -> line(text, "DNS", verdict.code().code() + ": " + verdict.sentence()));
    result.transcript().forEach(each -> line(text, "", each.replace('\t', ' ')));
    line(text, "webhook → capturing", millis(timings.alertReceivedAt(), timings.filterActiveAt()));
    line(text, "capturing", millis(timings.filterActiveAt(), timings.closedAt()));
    line(text, "closed → in S3", millis(timings.closedAt(), timings.uploadedAt()));
    line(text, "in all", "%.1f s".formatted(result.took().toMillis() / 1000.0));
    line(text, "look", "wireshark " + result.copy());
    line(text, "again", "./alertcap standalone --config " + result.configuration());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-20s %s%n".formatted(name, value));
  }

  private static String millis(Optional<Instant> from, Optional<Instant> to) {
    return from.flatMap(begin -> to.map(end -> Duration.between(begin, end).toMillis() + " ms"))
        .orElse("unknown");
  }
}
