package io.alertcap.trigger.record;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.schemas.CaptureId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32C;
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

  /** The checksum is no secret: whoever makes one up makes it right. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
  void isRefusedIfItsTimeIsNone(long seconds) {
    byte[] id = POSITION.id().value().getBytes(US_ASCII);
    ByteBuffer position = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + id.length);
    position.putLong(seconds).putInt(Integer.MIN_VALUE).put(id).flip();
    CRC32C checksum = new CRC32C();
    checksum.update(position.duplicate());
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + position.remaining());
    bytes.putInt((int) checksum.getValue()).put(position);
    String text = Base64.getUrlEncoder().encodeToString(bytes.array());

    assertThatThrownBy(() -> Cursor.parse(text)).hasMessageContaining("next");
  }

  @Test
  void isRefusedUnreadIfItIsLong() {
    assertThatThrownBy(() -> Cursor.parse("A".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
