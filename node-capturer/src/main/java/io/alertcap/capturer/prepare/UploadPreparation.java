package io.alertcap.capturer.prepare;

import io.alertcap.capturer.enrich.EnrichContext;
import io.alertcap.capturer.enrich.EnrichOutcome;
import io.alertcap.capturer.enrich.EnrichPass;
import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.enrich.Room;
import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes ready what is uploaded of a capture. One capture at a time: a pass keeps a core busy and
 * has tables in memory, and neither may come twice at the expense of captures that run.
 * Thread-safe.
 */
public final class UploadPreparation {

  private static final Logger log = LoggerFactory.getLogger(UploadPreparation.class);

  /** One may be chance. Where it is the file, every process would end like the last one. */
  private static final int MOST_UNENDED = 2;

  private final PreparationSettings settings;
  private final PayloadPolicy policy;
  private final EnrichPass pass;
  private final Room room;
  private final CapturerMeters meters;
  private final String version;
  private final ReentrantLock passing = new ReentrantLock();

  /**
   * @param names absent for files without names
   * @param room of the spool
   * @param version of alertcap, for the files
   */
  public UploadPreparation(
      PreparationSettings settings,
      PayloadPolicy policy,
      Optional<AddressNames> names,
      Room room,
      CapturerMeters meters,
      String version) {
    this.settings = settings;
    this.policy = policy;
    this.pass = new EnrichPass(names, room);
    this.room = room;
    this.meters = meters;
    this.version = version;
  }

  /**
   * Prepares a capture whose file is closed, unless that was done before. Blocks for as long as a
   * pass over the file takes, and for those of others before it; ends early if the thread is
   * interrupted. Nothing is thrown for what the file holds.
   */
  public Preparation prepare(SpooledCapture capture) {
    EnrichContext context = context(capture);
    Optional<Prepared> before = remembered(capture, context.payload());
    if (before.isPresent()) {
      return new Preparation.Ready(before.get());
    }
    try {
      passing.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Preparation.Interrupted();
    }
    try {
      return prepareNow(capture, context);
    } finally {
      passing.unlock();
    }
  }

  /**
   * Whether {@link #prepare} would give what was prepared before: if not, nothing that was uploaded
   * in part may be resumed.
   */
  public boolean isPrepared(SpooledCapture capture) {
    return remembered(capture, context(capture).payload()).isPresent();
  }

  private Preparation prepareNow(SpooledCapture capture, EnrichContext context) {
    long start = System.nanoTime();
    Preparation preparation;
    try {
      preparation = run(capture, context);
    } catch (ClosedByInterruptException e) {
      preparation = new Preparation.Interrupted();
    } catch (IOException e) {
      preparation = instead(capture, context, "The file could not be prepared: " + e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    meters.enrichment(label(preparation), took);
    tell(preparation, took);
    return preparation;
  }

  private Preparation run(SpooledCapture capture, EnrichContext context) throws IOException {
    if (capture.unendedPasses() >= MOST_UNENDED) {
      return instead(
          capture,
          context,
          "%d processes in a row ended while they prepared the file.".formatted(MOST_UNENDED));
    }
    capture.beginPass();
    try {
      return pass(capture, context);
    } finally {
      capture.endPass();
    }
  }

  private Preparation pass(SpooledCapture capture, EnrichContext context) throws IOException {
    capture.forgetPrepared();
    try (TranscriptFile transcript =
        TranscriptFile.create(capture.transcriptFile(), room, TranscriptFile.MOST_BYTES)) {
      Analyses analyses = Analyses.of(context, settings.thresholds(), transcript);
      EnrichOutcome outcome =
          pass.run(capture.file(), capture.enrichedFile(), context, analyses.observers());
      return switch (outcome) {
        case EnrichOutcome.Enriched(var result) ->
            ready(capture, PreparedFiles.enriched(context, result, analyses.conclude()));
        case EnrichOutcome.PlainInstead(String reason) -> instead(capture, context, reason);
        case EnrichOutcome.Withheld(String reason) -> new Preparation.Withheld(reason);
        case EnrichOutcome.Interrupted unused -> new Preparation.Interrupted();
      };
    }
  }

  private static Preparation instead(SpooledCapture capture, EnrichContext context, String reason) {
    if (context.payload() != PayloadProfile.FULL) {
      return new Preparation.Withheld(reason);
    }
    try {
      return ready(capture, PreparedFiles.plain(capture, context, reason));
    } catch (IOException e) {
      return new Preparation.Withheld("The file of the capture cannot be read: " + e);
    }
  }

  private static Preparation ready(SpooledCapture capture, Prepared prepared) {
    try {
      capture.notePrepared(Json.write(prepared));
    } catch (IOException e) {
      log.warn("After a restart the file would be made again: {}", e.toString());
    }
    return new Preparation.Ready(prepared);
  }

  /** What was prepared in an earlier attempt, if it may leave the node now, and is still there. */
  private static Optional<Prepared> remembered(SpooledCapture capture, PayloadProfile payload) {
    return capture
        .prepared()
        .flatMap(content ->
            Json.read(content, Prepared.class) instanceof Reading.Valid<Prepared>(Prepared known)
                ? Optional.of(known)
                : Optional.empty())
        .filter(known -> known.enrichment().payload() == payload)
        .filter(known -> isThere(known, capture));
  }

  private static boolean isThere(Prepared known, SpooledCapture capture) {
    try {
      return Files.size(known.file(capture)) == known.bytes();
    } catch (IOException gone) {
      return false;
    }
  }

  private EnrichContext context(SpooledCapture capture) {
    CaptureRequest request = capture.journal().asked();
    return new EnrichContext(
        request,
        capture.journal().result().orElseThrow(),
        request.capture().filter().strip(),
        policy.decide(
            request.capture().payload().orElse(PayloadProfile.FULL), request.target().namespace()),
        settings.dnsPorts(),
        settings.format(),
        settings.compression(),
        version);
  }

  private static String label(Preparation preparation) {
    return switch (preparation) {
      case Preparation.Ready(Prepared prepared) ->
          prepared.enrichment().plainBecause().isPresent() ? "plain" : "enriched";
      case Preparation.Withheld unused -> "withheld";
      case Preparation.Interrupted unused -> "interrupted";
    };
  }

  private static void tell(Preparation preparation, Duration took) {
    if (preparation instanceof Preparation.Ready(Prepared prepared)) {
      prepared.enrichment().plainBecause().ifPresent(reason -> log.warn("{}", reason));
      prepared.enrichment().warnings().forEach(log::warn);
      log.info(
          "Prepared {} bytes ({}, {}) within {} ms{}.",
          prepared.bytes(),
          prepared.format(),
          prepared.compression(),
          took.toMillis(),
          prepared.dns().map(dns -> "; DNS: " + dns.verdict().code()).orElse(""));
    }
  }
}
