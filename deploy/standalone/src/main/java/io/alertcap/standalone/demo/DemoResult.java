package io.alertcap.standalone.demo;

import io.alertcap.schemas.CaptureRecord;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the demo has shown.
 *
 * @param record of the capture, as the API tells it
 * @param copy of the object in S3, verified
 * @param configuration with which the pipeline can be started again
 * @param took all in all
 */
public record DemoResult(CaptureRecord record, Path copy, Path configuration, Duration took) {}
