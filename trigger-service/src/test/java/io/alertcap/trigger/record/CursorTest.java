package io.alertcap.trigger.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.schemas.CaptureId;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  private static final Position POSITION =
      new Position(
          Instant.parse("2026-11-22T22:33:35.123456789Z"),
          new CaptureId("20261122T223335Z-coredns-latency-3f9a2c7b51e0d846"));

  @Test
  void comesBackAsItWasGiven() {
    String text = new Cursor(POSITION).toString();

    assertThat(text).matches("[-_A-Za-z0-9]+");
    assertThat(Cursor.parse(text).last()).isEqualTo(POSITION);
  }

  @Test
  void isRefusedIfAnyBitOfItWasChanged() {
    byte[] bytes = Base64.getUrlDecoder().decode(new Cursor(POSITION).toString());
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      String text = Base64.getUrlEncoder().encodeToString(changed);

      assertThatThrownBy(() -> Cursor.parse(text)).as("bit %d", bit).hasMessageContaining("next");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "!!", "ä", "%00", "../../x"})
  void isRefusedIfItIsNoneOfOurs(String text) {
    assertThatThrownBy(() -> Cursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isRefusedUnreadIfItIsLong() {
    assertThatThrownBy(() -> Cursor.parse("A".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
