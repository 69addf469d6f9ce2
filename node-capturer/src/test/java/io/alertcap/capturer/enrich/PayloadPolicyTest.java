package io.alertcap.capturer.enrich;

import static io.alertcap.schemas.PayloadProfile.DNS;
import static io.alertcap.schemas.PayloadProfile.FULL;
import static io.alertcap.schemas.PayloadProfile.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.PayloadProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "FULL, FULL, shop, FULL",
    "FULL, DNS, shop, DNS",
    "DNS, FULL, shop, DNS",
    "DNS, HEADERS, shop, HEADERS",
    "HEADERS, FULL, shop, HEADERS",
    "HEADERS, DNS, shop, HEADERS",
    "FULL, FULL, bank, HEADERS",
    "DNS, DNS, bank, HEADERS"
  })
  void decidesForTheStricter(
      PayloadProfile asked, PayloadProfile atMost, String namespace, PayloadProfile decided) {
    PayloadPolicy policy = new PayloadPolicy(atMost, "bank"::equals);

    assertThat(policy.decide(asked, namespace)).isEqualTo(decided);
  }

  @ParameterizedTest
  @CsvSource({"FULL", "DNS", "HEADERS"})
  void isSymmetric(PayloadProfile one) {
    for (PayloadProfile other : PayloadProfile.values()) {
      assertThat(one.stricter(other)).isEqualTo(other.stricter(one)).isIn(one, other);
    }
    assertThat(one.stricter(FULL)).isEqualTo(one);
    assertThat(one.stricter(HEADERS)).isEqualTo(HEADERS);
    assertThat(DNS.code()).isEqualTo("dns");
  }
}
