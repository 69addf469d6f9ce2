package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever events a capture has, of however many replicas: their order makes no difference. */
class CaptureRecordFoldTest {

  @ParameterizedTest
  @MethodSource("io.alertcap.schemas.Seeds#seeds")
  void orderAndRepetitionMakeNoDifference(long seed) {
    Random random = new Random(seed);
    List<CaptureEvent> events = Stream.generate(() -> event(random)).limit(8).toList();
    CaptureRecord record = fold(events);

    for (int i = 0; i < 20; i++) {
      assertThat(fold(shuffledWithRepetitions(events, random))).isEqualTo(record);
    }
  }

  @ParameterizedTest
  @MethodSource("io.alertcap.schemas.Seeds#seeds")
  void aRecordThatWasWrittenAndReadFoldsOn(long seed) {
    Random random = new Random(seed);
    List<CaptureEvent> events = Stream.generate(() -> event(random)).limit(4).toList();
    CaptureEvent next = event(random);

    Reading<CaptureRecord> read = Json.read(Json.write(fold(events)), CaptureRecord.class);

    assertThat(read.map(record -> record.with(next)))
        .isEqualTo(new Reading.Valid<>(fold(events).with(next)));
  }

  private static CaptureRecord fold(List<CaptureEvent> events) {
    CaptureRecord record = CaptureRecord.of(events.getFirst());
    for (CaptureEvent event : events.subList(1, events.size())) {
      record = record.with(event);
    }
    return record;
  }

  private static List<CaptureEvent> shuffledWithRepetitions(
      List<CaptureEvent> events, Random random) {
    List<CaptureEvent> result = new ArrayList<>(events);
    for (CaptureEvent event : events) {
      if (random.nextBoolean()) {
        result.add(event);
      }
    }
    Collections.shuffle(result, random);
    return result;
  }

  /** From so few values that times are often the same where the rest is not. */
  private static CaptureEvent event(Random random) {
    CaptureRequest request = request(random);
    Instant at = time(random);
    return switch (oneOf(CaptureStatus.values(), random)) {
      case REQUESTED -> new CaptureEvent.Requested(request, at);
      case STARTED -> new CaptureEvent.Started(request, at, "eth0", "EN10MB", time(random));
      case CAPTURED -> new CaptureEvent.Captured(request, at, result(random));
      case EXPIRED -> new CaptureEvent.Expired(request, at, failure(random));
      case REJECTED ->
          new CaptureEvent.Rejected(Examples.ID, sometimes(random, request), at, failure(random));
      case CANCELLED -> new CaptureEvent.Cancelled(request, at);
      case FAILED ->
          new CaptureEvent.Failed(request, at, failure(random), sometimes(random, result(random)));
      case COMPLETED ->
          new CaptureEvent.Completed(
              request,
              at,
              result(random),
              artifact(random),
              sometimes(random, Findings.enrichment()),
              sometimes(random, Findings.dns()),
              sometimes(random, Findings.tcp()),
              sometimes(random, "key.dns.txt"));
    };
  }

  private static CaptureRequest request(Random random) {
    Instant commandedAt = time(random);
    return new CaptureRequest(
        Examples.ID,
        random.nextBoolean() ? "coredns-latency" : "manual",
        sometimes(random, "slow"),
        sometimes(random, Examples.alert()),
        Examples.target(),
        Examples.capture(),
        sometimes(random, time(random)),
        commandedAt,
        commandedAt.plusSeconds(60));
  }

  private static CaptureResult result(Random random) {
    return new CaptureResult(
        oneOf(CaptureEnd.values(), random),
        "eth0",
        "EN10MB",
        random.nextInt(2),
        24,
        sometimes(random, statistics(random)),
        time(random),
        time(random));
  }

  private static Statistics statistics(Random random) {
    Statistics counted =
        new Statistics(random.nextInt(2), 0, 0, Optional.empty(), Optional.empty());
    return random.nextBoolean()
        ? counted
        : counted.with(List.of(new Peer("10.0.0.1", List.of(), random.nextInt(2), 0)));
  }

  private static Artifact artifact(Random random) {
    return new Artifact(
        "captures", "key", random.nextInt(2), "0".repeat(64), "pcap", "none", 0, "EN10MB");
  }

  private static Failure failure(Random random) {
    return new Failure(oneOf(FailureCode.values(), random), "why");
  }

  private static Instant time(Random random) {
    return Examples.COMMANDED_AT.plusMillis(random.nextInt(3));
  }

  private static <T> Optional<T> sometimes(Random random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private static <T> T oneOf(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
