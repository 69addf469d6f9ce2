package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureIdTest {

  private static final Instant TIME = Instant.parse("2026-11-22T22:33:35.999Z");

  /** Fixed for good: another value here would capture what has been captured before. */
  @Test
  void theIdOfAnIncidentNeverChanges() {
    assertThat(CaptureId.of(TIME, "coredns-latency", "376a0fe13124867f", "containerd://72651dc7"))
        .hasToString("20261122T223335Z-coredns-latency-1cdeb85a833fba2b");
  }

  @Test
  void alertsOfOneSecondHaveAsManyIds() {
    Set<CaptureId> ids = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      ids.add(CaptureId.of(TIME, "storm", Integer.toHexString(i)));
    }
    assertThat(ids).hasSize(200_000);
  }

  @Test
  void readsIdsOfAShorterDigest() {
    assertThat(new CaptureId("20261122T223335Z-coredns-latency-3f9a2c7b").value()).endsWith("7b");
  }

  @Test
  void everyArgumentMakesADifference() {
    CaptureId id = CaptureId.of(TIME, "rule", "ab", "c");

    assertThat(CaptureId.of(TIME, "rule", "a", "bc")).isNotEqualTo(id);
    assertThat(CaptureId.of(TIME, "rule", "abc")).isNotEqualTo(id);
    assertThat(CaptureId.of(TIME, "rule", "ab", "c", "")).isNotEqualTo(id);
    assertThat(CaptureId.of(TIME, "rule2", "ab", "c")).isNotEqualTo(id);
    assertThat(CaptureId.of(TIME.plusNanos(1), "rule", "ab", "c").value())
        .startsWith("20261122T223335Z-rule-")
        .isNotEqualTo(id.value());
  }

  @ParameterizedTest
  @MethodSource("io.alertcap.schemas.Seeds#seeds")
  void isDeterministicAndSafeAsAFileName(long seed) {
    Random random = new Random(seed);
    Instant time = Instant.ofEpochSecond(random.nextLong(0, 253_402_300_800L));
    String identity = random.ints(20, 0, 0xd800).mapToObj(Character::toString).toList().toString();

    CaptureId id = CaptureId.of(time, "a-rule", identity);

    assertThat(id).isEqualTo(CaptureId.of(time, "a-rule", identity));
    assertThat(new CaptureId(id.value())).isEqualTo(id);
    assertThat(id.value()).matches("[0-9A-Za-z-]{1,97}");
    assertThat(Path.of("spool").resolve(id.value()).normalize().getParent())
        .isEqualTo(Path.of("spool"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "20261122T223335Z-coredns-latency",
        "20261122T223335Z--3f9a2c7b",
        "20261122T223335Z-coredns-latency-3F9A2C7B",
        "20261122T223335Z-Coredns-3f9a2c7b",
        "20261122T223335Z-../x-3f9a2c7b",
        "20261122T223335Z-a.b-3f9a2c7b",
        "20261122T223335Z-coredns-latency-3f9a2c7b51e0",
        "20261122T223335Z-coredns-latency-3f9a2c7b51e0d846\n",
        "20261122T223335Z-coredns-latency-3f9a2c7b51e0d846/..",
        "20261122T223335+0100-coredns-latency-3f9a2c7b51e0d846"
      })
  void refusesWhatIsNoId(String text) {
    assertThatThrownBy(() -> new CaptureId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesARuleThatIsNoLabel() {
    assertThatThrownBy(() -> CaptureId.of(TIME, "../rule"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CaptureId.of(TIME, "r".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
