package io.alertcap.standalone.demo;

import io.alertcap.schemas.CaptureRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the demo has shown.
 *
 * @param record of the capture, as the API tells it
 * @param transcript the first lines of what the DNS transactions were
 * @param copy of the object in S3, verified
 * @param configuration with which the pipeline can be started again
 * @param took all in all
 */
public record DemoResult(
    CaptureRecord record, List<String> transcript, Path copy, Path configuration, Duration took) {

  DemoResult with(List<String> lines) {
    return new DemoResult(record, List.copyOf(lines), copy, configuration, took);
  }
}
