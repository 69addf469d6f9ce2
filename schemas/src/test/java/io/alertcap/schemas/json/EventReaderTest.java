package io.alertcap.schemas.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Examples;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class EventReaderTest {

  private static final CaptureEvent REQUESTED =
      new CaptureEvent.Requested(Examples.request(), Examples.COMMANDED_AT);

  private final EventReader reader = new EventReader();

  @Test
  void readsEveryEventAsItWasWritten() {
    for (int i = 0; i < 2; i++) {
      for (CaptureEvent event : Examples.events()) {
        assertThat(reader.read(Json.write(event))).isEqualTo(new Reading.Valid<>(event));
      }
    }
  }

  @Test
  void readsARequestOnceHoweverManyEventsEmbedIt() {
    CaptureRequest first = request(Json.write(REQUESTED));

    assertThat(request(Json.write(Examples.completed(Examples.request())))).isSameAs(first);
  }

  @Test
  void tellsRequestsApartThatDifferInOneByte() {
    String text = new String(Json.write(REQUESTED), UTF_8);
    CaptureRequest first = request(text.getBytes(UTF_8));

    CaptureRequest other = request(text.replace("\"node\":\"w", "\"node\":\"v").getBytes(UTF_8));

    assertThat(other.target().node()).startsWith("v");
    assertThat(first.target().node()).startsWith("w");
  }

  @Test
  void readsAnEventWhoseTypeComesLast() {
    ObjectNode late = (ObjectNode) Json.mapper().readTree(Json.write(REQUESTED));
    late.set("type", late.remove("type"));
    for (int i = 0; i < 2; i++) {
      assertThat(reader.read(Json.write(REQUESTED))).isEqualTo(new Reading.Valid<>(REQUESTED));
      assertThat(reader.read(Json.write(late))).isEqualTo(new Reading.Valid<>(REQUESTED));
    }
  }

  @Test
  void namesTheFieldOfARequestThatIsWrong() {
    String text = new String(Json.write(REQUESTED), UTF_8);
    assertThat(reader.read(text.getBytes(UTF_8))).isInstanceOf(Reading.Valid.class);

    assertThat(reader.read(text.replace("\"60s\"", "\"long\"").getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Reading.Invalid.class,
            invalid -> assertThat(invalid.path()).isEqualTo("request.capture.duration"));
  }

  /** The bytes are damaged anywhere, in a request that the reader knows and beside it. */
  @ParameterizedTest
  @MethodSource("io.alertcap.schemas.Seeds#seeds")
  void readsWhatAReaderWithoutMemoryReads(long seed) {
    Random random = new Random(seed);
    byte[] whole = Json.write(Examples.completed(Examples.request()));
    for (int i = 0; i < 100; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) (' ' + random.nextInt(96));

      assertThat(reader.read(whole)).isInstanceOf(Reading.Valid.class);
      assertThat(reader.read(damaged)).isEqualTo(Json.read(damaged, CaptureEvent.class));
    }
  }

  private CaptureRequest request(byte[] event) {
    return switch (reader.read(event)) {
      case Reading.Valid<CaptureEvent>(CaptureEvent read) -> read.asked().orElseThrow();
      case Reading.Invalid<CaptureEvent> invalid -> throw new AssertionError(invalid.sentence());
    };
  }
}
