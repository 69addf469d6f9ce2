package io.alertcap.capturer.dissect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "::ffff:10.0.0.1, 10.0.0.1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "fe80:0:0:0:0:0:0:2, fe80::2",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
  })
  void writesTheCanonicalText(String literal, String canonical) {
    IpAddress address = IpAddress.parse(literal).orElseThrow();

    assertThat(address).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).contains(address);
    assertThat(address.isIpv4()).isEqualTo(canonical.contains("."));
    assertThat(address.bytes()).hasSize(address.isIpv4() ? 4 : 16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "10.0.0", "10.0.0.256", "localhost", "face", ":", "fe80::1%lo"})
  void takesAddressesOnly(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }
}
