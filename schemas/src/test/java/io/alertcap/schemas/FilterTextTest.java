package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "port 53",
        "udp port domain or http",
        "tcp portrange 8000-8080",
        "ip proto \\tcp or ip6 proto \\udp",
        "host 10.0.0.1 and not net 10.0.0.0/8 and net 10.1 mask 255.255.0.0",
        "host fe80::1 or ::1 or 2001:db8::/32 or ::ffff:1.2.3.4 or 1:2:3:4:5:6:7:8",
        "ether host 0a:0b:0c:0d:0e:0f or 0a-0b-0c-0d-0e-0f or aabb.ccdd.eeff or aabbccddeeff",
        "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and tcp[2:2]=0x50",
        "ip6[6] == 44 or (icmp6 and ip6[40] = 135)",
        "(port 53 or (port 80 and not 8080)) && udp || vlan 5",
        "ifindex 3 or inbound or len>=100 or wlan type mgt subtype beacon",
        "not (outbound and ifindex 1)",
        "port 53 and ("
      })
  void takesWhatIsNotLookedUp(String filter) {
    assertThat(FilterText.problem(filter)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host api1.example.com",
        "api1.example.com",
        "host localhost",
        "HOST 10.0.0.1",
        "net localnet",
        "gateway router",
        "ether host printer",
        "src example.com or port 53",
        "port 53 or host example.com",
        "port 53 and src example.com",
        "port 80 and (udp or tcp) or example.com",
        "host 10.0.0.1.example.com",
        "host 1.2.3.4.5",
        "host \\host",
        "wlan type mgt or example",
        "host fe80::1 or abc:def:1",
        "host 1::2::3",
        "host 1:2:3:4:5:6:7::abcd",
        "host 0a:0b:0c",
        "vxlan",
        "host a_b"
      })
  void refusesWhatIsLookedUp(String filter) {
    assertThatThrownBy(() -> FilterText.checked(filter))
        .isInstanceOf(InvalidField.class)
        .hasMessageContaining("looked up");
  }

  @Test
  void boundsWhatTakesLongToCompile() {
    assertThat(FilterText.problem(many("host 10.0.0.1", 250))).isEmpty();
    assertThat(FilterText.problem(many("host 10.0.0.1", 257)).orElseThrow())
        .contains("at most 256", "257");
    assertThat(FilterText.problem(many("port 53", 120))).isEmpty();
    assertThat(FilterText.problem(many("port 53", 130))).isPresent();
    assertThat(FilterText.problem("port 1 or " + many("53", 130))).isPresent();
    assertThat(FilterText.problem(many("portrange 1-2", 66))).isPresent();
  }

  private static String many(String condition, int count) {
    return IntStream.range(0, count).mapToObj(i -> condition).collect(Collectors.joining(" or "));
  }
}
