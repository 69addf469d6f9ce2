package io.alertcap.capturer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.signature.SigningKey;
import io.alertcap.foundation.signature.VerifyingKey;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {

  private static final String OTHERS_KEY =
      "MCowBQYDK2VwAyEAfr4UWkDGurZ9DPAhK06oorYNI9TvPOZpcVlWdegFf5Y=";
  private static final VerifyingKey KEY =
      VerifyingKey.parse("MCowBQYDK2VwAyEAE9bUFaWOBl0UA8iuK8oBtkmtwmEjdsXj+ITUXfjt6yI=");
  private static final SigningKey SIGNER =
      SigningKey.of(
          new Secret(
              "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINu62sbjydMSk4F5Ohw1uirY4n/pjZpFpyk2pU9kMkBd\n-----END PRIVATE KEY-----"));

  private final CommandReader reader = new CommandReader(Requests.NODE, List.of());
  private final CaptureRequest request = Requests.forThisProcess("a");

  @Test
  void readsAStart() {
    CaptureCommand start = new CaptureCommand.Start(request);

    assertThat(reader.read(message(Requests.NODE, Json.write(start))))
        .contains(new NodeCommand.Understood(start));
  }

  @Test
  void readsAStop() {
    CaptureCommand stop = new CaptureCommand.Stop(request.id(), Requests.NODE, CaptureEnd.RESOLVED);

    assertThat(reader.read(message(Requests.NODE, Json.write(stop))))
        .contains(new NodeCommand.Understood(stop));
  }

  @Test
  void skipsWhatIsAddressedToOthersUnread() {
    byte[] garbage = {1, 2, 3};

    assertThat(reader.read(message("worker-4", garbage))).isEmpty();
    assertThat(reader.read(message(null, garbage))).isEmpty();
  }

  @Test
  void refusesACommandWhoseNodeIsNotItsKey() {
    CaptureCommand stop = new CaptureCommand.Stop(request.id(), "worker-4", CaptureEnd.RESOLVED);

    NodeCommand.NotUnderstood refused = refused(Json.write(stop));

    assertThat(refused.id()).isEqualTo(request.id());
    assertThat(refused.failure().message()).contains("worker-4", Requests.NODE);
  }

  @Test
  void findsTheIdOfABrokenStart() {
    String broken =
        new String(Json.write(new CaptureCommand.Start(request)), StandardCharsets.UTF_8)
            .replace("\"pod\":\"coredns-1\"", "\"pod\":\"../../etc\"");

    NodeCommand.NotUnderstood refused = refused(broken.getBytes(StandardCharsets.UTF_8));

    assertThat(refused.id()).isEqualTo(request.id());
    assertThat(refused.failure().code()).isEqualTo(FailureCode.INVALID_COMMAND);
    assertThat(refused.failure().message()).contains("request.target.pod");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "42",
        "\u0000",
        "{\"type\":\"start\"",
        "{\"type\":\"reboot\"}",
        "{\"type\":\"stop\",\"id\":\"../../etc/passwd\",\"node\":\"worker-3\"}",
        "{\"type\":\"start\",\"request\":{\"id\":{\"a\":1}}}"
      })
  void makesUpTheSameIdForTheSameGarbageAgain(String garbage) {
    byte[] value = garbage.getBytes(StandardCharsets.UTF_8);

    assertThat(refused(value).id()).isEqualTo(refused(value).id());
    assertThat(refused(value).id().value()).contains("-invalid-");
  }

  /** A producer's own, which brokers take as it is where it lies in the past. */
  @ParameterizedTest
  @ValueSource(longs = {-1, -99_999_999_999_999L, Long.MIN_VALUE, Long.MAX_VALUE})
  void neverThrowsWhateverTheTime(long timestamp) {
    var message =
        new ConsumerRecord<>(
            "alertcap.commands",
            3,
            17,
            timestamp,
            TimestampType.CREATE_TIME,
            0,
            0,
            Requests.NODE,
            "junk".getBytes(StandardCharsets.UTF_8),
            new RecordHeaders(),
            Optional.<Integer>empty());

    assertThat(reader.read(message)).isPresent();
  }

  @Test
  void neverThrowsWhateverTheBytes() {
    Random random = new Random(42);
    byte[] good = Json.write(new CaptureCommand.Start(request));
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = good.clone();
      for (int j = 0; j <= random.nextInt(4); j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }

      assertThat(reader.read(message(Requests.NODE, damaged))).isPresent();
    }
  }

  @Test
  void takesOnlySignedCommandsWhereTheNodeHasKeys() {
    CaptureCommand start = new CaptureCommand.Start(request);
    CommandReader strict =
        new CommandReader(Requests.NODE, List.of(VerifyingKey.parse(OTHERS_KEY), KEY));
    ConsumerRecord<String, byte[]> unsigned = message(Requests.NODE, Json.write(start));
    ConsumerRecord<String, byte[]> signed = message(Requests.NODE, Json.write(start));
    SIGNER
        .sign(new ProducerRecord<>("alertcap.commands", Requests.NODE, Json.write(start)))
        .headers()
        .forEach(signed.headers()::add);

    assertThat(strict.read(signed)).contains(new NodeCommand.Understood(start));
    assertThat(strict.read(unsigned))
        .hasValueSatisfying(command -> {
          NodeCommand.NotUnderstood refused = (NodeCommand.NotUnderstood) command;
          assertThat(refused.failure().code()).isEqualTo(FailureCode.POLICY_DENIED);
          assertThat(refused.failure().message())
              .contains("policy.commandKeys", request.id().value());
          assertThat(refused.id()).as("the id stays free").isNotEqualTo(request.id());
        });
  }

  private NodeCommand.NotUnderstood refused(byte[] value) {
    return (NodeCommand.NotUnderstood) reader.read(message(Requests.NODE, value)).orElseThrow();
  }

  private static ConsumerRecord<String, byte[]> message(@Nullable String key, byte[] value) {
    return new ConsumerRecord<>("alertcap.commands", 3, 17, key, value);
  }
}
