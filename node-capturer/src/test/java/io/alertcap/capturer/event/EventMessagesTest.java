package io.alertcap.capturer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventMessagesTest {

  private final EventMessages messages = new EventMessages("events", "/alertcap/node/worker-3");

  @Test
  void anOrdinaryEventStaysAsItIs() {
    CaptureEvent event = LargestEvent.completed(Requests.forContainer("ordinary"));

    assertThat(read(messages.of(event))).isEqualTo(event);
  }

  /** Labels that are just kept are worse than longer ones, which are left out. */
  @ParameterizedTest
  @ValueSource(ints = {256, 4096})
  void theLargestThatThereCanBeFitsIntoARecordAndSaysWhatItLacks(int labelLength) {
    CaptureEvent event = LargestEvent.completed(LargestEvent.request(labelLength));
    assertThat(Json.write(event).length).isGreaterThan(1 << 20);

    ProducerRecord<String, byte[]> message = messages.of(event);

    assertThat(message.value().length).isLessThanOrEqualTo(EventMessages.MOST_BYTES);
    CaptureEvent.Completed read = (CaptureEvent.Completed) read(message);
    assertThat(read.request().alert().orElseThrow().annotations())
        .containsOnlyKeys(ShortEvent.LEFT_OUT);
    assertThat(read.result().packets()).isEqualTo(Long.MAX_VALUE);
    assertThat(read.artifact()).isEqualTo(((CaptureEvent.Completed) event).artifact());
  }

  @Test
  void whereTheBrokerTakesLessTheReportIsLeftOutAsWell() {
    CaptureEvent event = LargestEvent.completed(Requests.forContainer("ordinary"));
    for (int refusals = 0; refusals < 2; refusals++) {
      messages.refused(messages.of(event));
    }

    CaptureEvent.Completed read = (CaptureEvent.Completed) read(messages.of(event));

    assertThat(read.dns()).isEmpty();
    assertThat(read.enrichment().orElseThrow().warnings())
        .singleElement()
        .asString()
        .contains("too large for Kafka");
  }

  @Test
  void aRecordKeepsTheAlertAsTheLongerEventTellsIt() {
    CaptureEvent.Requested requested =
        new CaptureEvent.Requested(LargestEvent.request(4096), Instant.now());
    CaptureEvent shorter = read(messages.of(LargestEvent.completed(LargestEvent.request(4096))));

    assertThat(CaptureRecord.of(requested).with(shorter).alert())
        .isEqualTo(CaptureRecord.of(shorter).with(requested).alert())
        .isEqualTo(requested.request().alert());
  }

  private static CaptureEvent read(ProducerRecord<String, byte[]> message) {
    return switch (Json.read(message.value(), CaptureEvent.class)) {
      case Reading.Valid<CaptureEvent>(CaptureEvent event) -> event;
      case Reading.Invalid<CaptureEvent> invalid -> throw new AssertionError(invalid.sentence());
    };
  }
}
