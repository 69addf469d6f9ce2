package io.alertcap.standalone.bench;

import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.prepare.Preparation;
import io.alertcap.capturer.prepare.PreparationSettings;
import io.alertcap.capturer.prepare.UploadPreparation;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Target;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Prepares one file as the capturer does, in a process that is started as the capturer is, and
 * prints the CPU time of the pass in seconds, that of all threads meanwhile, the most memory that
 * was in RAM in MiB, and what came of it. Arguments: a directory for the spool, and the file, which
 * is linked into it.
 */
final class EnrichRun {

  private static final double NANOS = 1e9;
  private static final double KIBIBYTES_PER_MEBIBYTE = 1024;

  private EnrichRun() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Path file = Path.of(arguments[1]);
    try (Spool spool = Spool.open(SpoolSettings.in(directory), Clock.systemUTC())) {
      SpooledCapture capture = captured(spool, file);
      UploadPreparation preparation =
          new UploadPreparation(
              PreparationSettings.STANDARD,
              PayloadPolicy.EVERYTHING,
              Optional.empty(),
              Optional::empty,
              new CapturerMeters(new SimpleMeterRegistry()),
              "bench");
      Duration before = CpuTime.ofThisThread();
      Duration wholeBefore = CpuTime.ofThisProcess();
      Preparation outcome = preparation.prepare(capture);
      Duration took = CpuTime.ofThisThread().minus(before);
      Duration wholeTook = CpuTime.ofThisProcess().minus(wholeBefore);
      System.out.printf(
          "%f %f %f %s%n",
          took.toNanos() / NANOS, wholeTook.toNanos() / NANOS, mostMebibytes(), summary(outcome));
    }
  }

  private static String summary(Preparation outcome) {
    return outcome instanceof Preparation.Ready(var prepared)
            && prepared.enrichment().plainBecause().isEmpty()
        ? "enriched %d packets into %d bytes; %s"
            .formatted(
                prepared.packets(),
                prepared.bytes(),
                prepared.dns().map(dns -> dns.verdict().sentence()).orElse("no DNS"))
        : outcome.toString();
  }

  private static SpooledCapture captured(Spool spool, Path file) throws IOException {
    Instant now = Instant.now();
    CaptureRequest request =
        new CaptureRequest(
            CaptureId.of(now, "bench", file.toString()),
            "bench",
            Optional.empty(),
            Optional.empty(),
            new Target(
                "bench",
                "dns",
                Optional.empty(),
                Optional.of(DnsTrafficFile.SERVER),
                "node",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true),
            new CaptureSpec(
                "", "auto", Duration.ofMinutes(1), DataSize.ofGibibytes(100), 0, 262_144),
            Optional.empty(),
            now,
            now.plusSeconds(60));
    SpooledCapture capture = spool.accept(request);
    Files.createLink(capture.file(), file);
    capture.record(new CaptureEvent.Started(request, now, "eth0", "EN10MB", now));
    CaptureResult result =
        new CaptureResult(
            CaptureEnd.DURATION, "eth0", "EN10MB", 0, Files.size(file), Optional.empty(), now, now);
    capture.record(new CaptureEvent.Captured(request, now, result));
    return capture;
  }

  /** {@code VmHWM} of proc(5). */
  private static double mostMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES_PER_MEBIBYTE)
        .findFirst()
        .orElseThrow();
  }
}
