package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void aMessageThatFitsIsKept() {
    String message = "😀".repeat(Failure.MAX_LENGTH);

    assertThat(new Failure(FailureCode.INTERNAL, message).message()).isEqualTo(message);
  }

  @Test
  void aMessageThatDoesNotFitIsCutBetweenCharacters() {
    String message = new Failure(FailureCode.INTERNAL, "😀".repeat(3000)).message();

    assertThat(message).isEqualTo("😀".repeat(Failure.MAX_LENGTH - 1) + "…");
  }
}
