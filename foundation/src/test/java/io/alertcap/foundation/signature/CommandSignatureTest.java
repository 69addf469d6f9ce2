package io.alertcap.foundation.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alertcap.foundation.config.Secret;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys were made by {@code openssl genpkey -algorithm ed25519} and {@code pkey -pubout}. */
class CommandSignatureTest {

  private static final String PRIVATE =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINu62sbjydMSk4F5Ohw1uirY4n/pjZpFpyk2pU9kMkBd
      -----END PRIVATE KEY-----
      """;

  private static final VerifyingKey PUBLIC =
      VerifyingKey.parse("MCowBQYDK2VwAyEAE9bUFaWOBl0UA8iuK8oBtkmtwmEjdsXj+ITUXfjt6yI=");
  private static final VerifyingKey ANOTHER =
      VerifyingKey.parse("MCowBQYDK2VwAyEAfr4UWkDGurZ9DPAhK06oorYNI9TvPOZpcVlWdegFf5Y=");

  private final SigningKey key = SigningKey.of(new Secret(PRIVATE));

  @Test
  void whatIsSignedIsTheCommandAndItsNode() {
    ProducerRecord<String, byte[]> sent = key.sign(command("worker-1", "{}"));

    assertThat(PUBLIC.signed(received(sent, "worker-1", "{}"))).isTrue();
    assertThat(PUBLIC.signed(received(sent, "worker-2", "{}"))).isFalse();
    assertThat(PUBLIC.signed(received(sent, "worker-1", "{ }"))).isFalse();
    assertThat(ANOTHER.signed(received(sent, "worker-1", "{}"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "no base64", "ünïcode"})
  void whatIsNoSignatureIsNone(String text) {
    ProducerRecord<String, byte[]> sent = command("worker-1", "{}");
    assertThat(PUBLIC.signed(received(sent, "worker-1", "{}"))).as("no header").isFalse();

    sent.headers().add(CommandSignature.HEADER, text.getBytes(StandardCharsets.UTF_8));

    assertThat(PUBLIC.signed(received(sent, "worker-1", "{}"))).isFalse();
  }

  @Test
  void aKeyThatIsNoneIsRefusedAndNotShown() {
    assertThatIllegalArgumentException().isThrownBy(() -> VerifyingKey.parse("MCow"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(new Secret("s3cret")))
        .withMessageContaining("openssl")
        .withMessageNotContaining("s3cret");
  }

  private static ProducerRecord<String, byte[]> command(String node, String value) {
    return new ProducerRecord<>("commands", node, value.getBytes(StandardCharsets.UTF_8));
  }

  private static ConsumerRecord<String, byte[]> received(
      ProducerRecord<String, byte[]> sent, String node, String value) {
    ConsumerRecord<String, byte[]> received =
        new ConsumerRecord<>("commands", 0, 0, node, value.getBytes(StandardCharsets.UTF_8));
    for (Header header : sent.headers()) {
      received.headers().add(header);
    }
    return received;
  }
}
