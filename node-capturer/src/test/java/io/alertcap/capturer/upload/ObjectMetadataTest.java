package io.alertcap.capturer.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectMetadataTest {

  @ParameterizedTest
  @CsvSource({
    "CoreDNSLatencyHigh, CoreDNSLatencyHigh",
    "50% slow, 50%25 slow",
    "größer, gr%C3%B6%C3%9Fer",
    "'a\r\nX-Evil: 1', a%0D%0AX-Evil: 1",
    "😀, %F0%9F%98%80"
  })
  void isVisibleAscii(String text, String encoded) {
    assertThat(ObjectMetadata.ascii(text)).isEqualTo(encoded);
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 200, 201, 4096})
  void isCutBetweenCharacters(int length) {
    assertThat(ObjectMetadata.ascii("ü".repeat(length)))
        .hasSizeLessThanOrEqualTo(200)
        .endsWith("BC");
  }

  @Test
  void theKeyIsAFunctionOfTheRequest() {
    CaptureRequest request = Requests.forContainer("a");

    assertThat(ArtifactKey.of("captures/prod", request).packets(".pcapng.gz"))
        .matches(
            "captures/prod/\\d{4}/\\d\\d/\\d\\d/kube-system/coredns-1/"
                + request.id()
                + "\\.pcapng\\.gz");
    assertThat(ArtifactKey.of("", request).record()).matches("\\d{4}/.*/" + request.id() + ".json");
  }
}
