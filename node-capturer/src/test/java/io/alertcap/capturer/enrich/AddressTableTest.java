package io.alertcap.capturer.enrich;

import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.LinkType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTableTest {

  private final AddressTable table = new AddressTable();

  @Test
  void countsLikeAMap() {
    Random random = new Random(1);
    Map<String, Long> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String from = "10.0.%d.%d".formatted(random.nextInt(30), random.nextInt(100));
      String to =
          random.nextBoolean() ? "fd00::" + Integer.toHexString(1 + random.nextInt(99)) : from;
      boolean six = to.contains(":");
      count(six ? to : from, six ? "fd00::ffff" : to, 100);
      expected.merge(six ? to : from, 1L, Long::sum);
      if (six) {
        expected.merge("fd00::ffff", 1L, Long::sum);
      }
    }

    Map<String, Long> counted = new HashMap<>();
    for (AddressTable.Entry entry : table.byPackets()) {
      counted.put(entry.address().toString(), entry.packets());
      assertThat(entry.bytes()).isEqualTo(100 * entry.packets());
    }
    assertThat(counted).isEqualTo(expected);
    assertThat(table.leavesOut()).isFalse();
    assertThat(table.byPackets())
        .isSortedAccordingTo((a, b) -> Long.compare(b.packets(), a.packets()));
  }

  @Test
  void remembersNoEndlessNumberOfAddresses() {
    for (int i = 0; i < 40_000; i++) {
      count("fd00::1", "fd00::2:" + Integer.toHexString(i / 256) + ":" + Integer.toHexString(i), 1);
    }

    assertThat(table.size()).isEqualTo(AddressTable.MOST);
    assertThat(table.leavesOut()).isTrue();
    assertThat(table.byPackets().getFirst().packets()).isEqualTo(40_000);
  }

  @Test
  void countsOnlyIpPackets() {
    table.count(new Dissector().dissect(LinkType.RAW, new byte[60], 0, 60, 60), 60);

    assertThat(table.byPackets()).isEqualTo(List.of());
  }

  private void count(String from, String to, int bytes) {
    byte[] packet = ip(from, to, 17, udp(1, 2, new byte[0]));
    table.count(
        new Dissector().dissect(LinkType.RAW, packet, 0, packet.length, packet.length), bytes);
  }
}
