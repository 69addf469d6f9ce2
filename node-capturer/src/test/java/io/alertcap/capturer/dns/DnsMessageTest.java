package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dns.DnsBytes.A;
import static io.alertcap.capturer.dns.DnsBytes.join;
import static io.alertcap.capturer.dns.DnsBytes.name;
import static io.alertcap.capturer.dns.DnsBytes.query;
import static io.alertcap.capturer.dns.DnsBytes.queryWithEdns;
import static io.alertcap.capturer.dns.DnsBytes.record;
import static io.alertcap.capturer.dns.DnsBytes.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsMessageTest {

  private final DnsMessage message = new DnsMessage();

  @Test
  void readsHeaderAndQuestion() {
    read(response(0xfffe, "Www.Example.COM", 28, DnsBytes.TRUNCATED | 5));

    assertThat(message.id()).isEqualTo(0xfffe);
    assertThat(message.isResponse()).isTrue();
    assertThat(message.isTruncated()).isTrue();
    assertThat(message.rcode()).isEqualTo(5);
    assertThat(message.question()).hasToString("Www.Example.COM. AAAA");
  }

  @Test
  void takesNamesOfAnyCaseForTheSame() {
    read(query(1, "wWw.eXample", A));
    Question question = message.question().copy();
    read(query(1, "WwW.Example", A));

    assertThat(message.asks(question)).isTrue();
    assertThat(message.question()).isEqualTo(question).hasSameHashCodeAs(question);
    read(query(1, "www.example", 28));
    assertThat(message.asks(question)).isFalse();
    assertThat(message.question()).isNotEqualTo(question);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1   | 01020304 | A 1.2.3.4",
        "28  | 20010db8000000000000000000000001 | AAAA 2001:db8::1",
        "5   | 0161c00c | CNAME a.example.",
        "2   | c00c | NS example.",
        "12  | 00 | PTR .",
        "15  | 000a0161c00c | MX 10 a.example.",
        "33  | 000100020035c00c | SRV 1 2 53 example.",
        "16  | 03612022026209 | TXT \"a\\032\\\"\" \"b\\009\"",
        "6   | c00cc00c0000000100000002000000030000000400000005 | SOA example. example. 1 2 3 4 5",
        "65  | 000100 | HTTPS \\# 3 000100",
        "999 | ff | TYPE999 \\# 1 ff",
        "1   | 010203 | A \\# 3 010203",
        "5   | c00cff | CNAME \\# 3 c00cff",
        "16  | 0561 | TXT \\# 2 0561"
      })
  void writesRecordsLikeAZoneFile(int type, String hex, String text) {
    read(response(1, "example", type, 0, record(type, 300, hex)));

    DnsMessage.RecordReader first = message.answerRecords();
    assertThat(first.next()).isTrue();
    assertThat(first.owner()).hasToString("example.");
    assertThat(first.ttlSeconds()).isEqualTo(300);
    TextLine data = new TextLine();
    first.addData(data);
    assertThat(DnsCodes.type(first.type()) + " " + data).isEqualTo(text);
    assertThat(first.next()).isFalse();
  }

  @Test
  void readsTtlsBeyondTheSign() {
    read(response(1, "example", A, 0, record(A, -1, "01020304")));

    DnsMessage.RecordReader first = message.answerRecords();
    assertThat(first.next()).isTrue();
    assertThat(first.ttlSeconds()).isEqualTo(4_294_967_295L);
  }

  @Test
  void escapesWhatCouldBreakALine() {
    read(query(1, "a b\n\u00e9\\\"\u007f\u001b[2J", A));

    assertThat(message.question().nameText()).isEqualTo("a\\032b\\010\\233\\\\\\\"\\127\\027[2J.");
    byte[] dotted = query(1, "aXb", A);
    dotted[14] = '.';
    read(dotted);
    assertThat(message.question().nameText()).isEqualTo("a\\.b.");
  }

  @Test
  void readsEdns() {
    read(queryWithEdns(1, "example", A, 1_232));
    assertThat(message.edns()).contains(new DnsMessage.Edns(1_232, 0, 0, false));

    read(query(1, "example", A));
    assertThat(message.edns()).isEmpty();
  }

  /** Names that point at themselves, forward, at each other, or outside. */
  @ParameterizedTest
  @ValueSource(
      strings = {"c00c", "c00d", "0161c00c", "c010", "ffff", "c0", "4061", "8000", "3f61", ""})
  void refusesNamesThatAreNone(String hex) {
    byte[] head = Arrays.copyOf(query(1, "x", A), 12);
    byte[] bytes = join(head, HexFormat.of().parseHex(hex));

    assertThat(message.read(bytes, 0, bytes.length)).isTrue();
    assertThat(message.hasQuestion()).isFalse();
    assertThat(message.answerRecords().next()).isFalse();
    assertThat(message.edns()).isEmpty();
  }

  @Test
  void takesNamesOf255BytesAndNoLonger() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));

    read(query(1, longest, A));
    assertThat(message.hasQuestion()).isTrue();
    assertThat(message.question().nameBytes()).isEqualTo(255);
    read(query(1, longest + "a", A));
    assertThat(message.hasQuestion()).isFalse();
  }

  @Test
  void hasNothingToReadInLessThanAHeader() {
    assertThat(message.read(new byte[20], 3, 11)).isFalse();
  }

  /** Half a million messages with some bits flipped, and every cut of one. */
  @Test
  void staysWithinAnyBytes() {
    byte[] seed =
        join(
            response(
                7,
                "www.example.com",
                A,
                0,
                record(5, 30, "0161c010"),
                record(A, 30, "01020304"),
                record(6, 30, join(name("ns.example"), name("root.example"), new byte[20])),
                record(16, 30, "0361626303646566"),
                record(33, 30, "000100020035c00c")),
            new byte[11]);
    Random random = new Random(20261123);
    for (int i = 0; i < 500_000; i++) {
      byte[] bytes = Arrays.copyOf(seed, i < seed.length ? i : random.nextInt(seed.length) + 1);
      for (int flips = random.nextInt(8); flips > 0 && i >= seed.length; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (message.read(bytes, 0, bytes.length)) {
        assertThat(message.edns().map(DnsMessage.Edns::payloadBytes).orElse(0)).isNotNegative();
        assertThat(answerRecords()).isBetween(0, 256);
      }
    }
  }

  private int answerRecords() {
    int count = 0;
    TextLine data = new TextLine();
    for (DnsMessage.RecordReader each = message.answerRecords(); each.next(); count++) {
      each.addData(data);
      data.cut(0);
    }
    return count;
  }

  private void read(byte[] bytes) {
    byte[] within = join(new byte[] {99, 99}, bytes, new byte[] {1, 1, 1, 1, 1, 1});
    assertThat(message.read(within, 2, bytes.length)).isTrue();
  }
}
