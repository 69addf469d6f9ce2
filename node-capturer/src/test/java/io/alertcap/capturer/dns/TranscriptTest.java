package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dns.DnsBytes.A;
import static io.alertcap.capturer.dns.DnsBytes.query;
import static io.alertcap.capturer.dns.DnsBytes.record;
import static io.alertcap.capturer.dns.DnsBytes.response;
import static io.alertcap.capturer.dns.Scene.CLIENT;
import static io.alertcap.capturer.dns.Scene.TARGET;
import static io.alertcap.capturer.dns.Scene.UPSTREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranscriptTest {

  private final Scene scene = new Scene();

  @Test
  void writesALineForEachTransaction() throws IOException {
    byte[] alias = record(5, 30, "0161c00c");
    byte[] address = record(A, 300, "01020304");
    scene.query(0, CLIENT, 4_000, TARGET, query(1, "www.example", A));
    scene.ask(100, TARGET, UPSTREAM, "www.example", 0, 11_000);
    scene.answer(12_345, TARGET, CLIENT, 4_000, response(1, "www.example", A, 0, alias, address));
    scene.ask(1_000_000, CLIENT, TARGET, "none.example", DnsBytes.NXDOMAIN, 7);
    scene.askInVain(2_000_000, CLIENT, TARGET, "open.example");

    assertThat(scene.transcript(TARGET))
        .containsExactly(
            "# time\tclient\tserver\tname\ttype\trcode\tlatency\tupstream\tnotes\tanswers",
            "2026-11-18T11:06:40.000100Z\t10.0.0.53\t192.0.2.1\twww.example.\tA\tNOERROR\t11.000ms"
                + "\t-\t-\t-",
            "2026-11-18T11:06:40.000000Z\t10.0.0.9\t10.0.0.53\twww.example.\tA\tNOERROR\t12.345ms"
                + "\t192.0.2.1 11.000ms\t-\tCNAME a.www.example. 30s, A 1.2.3.4 300s",
            "2026-11-18T11:06:41.000000Z\t10.0.0.9\t10.0.0.53\tnone.example.\tA\tNXDOMAIN\t0.007ms"
                + "\t-\t-\t-",
            "2026-11-18T11:06:42.000000Z\t10.0.0.9\t10.0.0.53\topen.example.\tA\t-\t-\t-"
                + "\tcapture-ended\t-");
  }

  @Test
  void keepsALineALineWhateverTheNameIs() throws IOException {
    scene.ask(0, CLIENT, TARGET, "a\nb\tc\u001b[31m\u00ff", 0, 7);

    assertThat(scene.transcript(TARGET)).hasSize(2);
    assertThat(scene.transcript(TARGET).get(1)).contains("a\\010b\\009c\\027[31m\\255.\tA");
  }

  @Test
  void saysHowManyAnswersItLeavesOut() throws IOException {
    byte[][] records =
        IntStream.range(0, 40)
            .mapToObj(i -> record(A, 5, new byte[] {10, 0, 0, (byte) i}))
            .toArray(byte[][]::new);
    scene.query(0, CLIENT, 4_000, TARGET, query(1, "many.example", A));
    scene.answer(9, TARGET, CLIENT, 4_000, response(1, "many.example", A, 0, records));
    scene.query(20, CLIENT, 4_000, TARGET, query(2, "cut.example", A));
    byte[] whole = response(2, "cut.example", A, DnsBytes.TRUNCATED, records);
    scene.answer(30, TARGET, CLIENT, 4_000, Arrays.copyOf(whole, whole.length - 1));

    assertThat(scene.transcript(TARGET).get(1)).contains("A 10.0.0.31 5s, +8").endsWith("+8");
    assertThat(scene.transcript(TARGET).get(2)).contains("\ttruncated\t").endsWith("+8");
  }

  @Test
  void endsWithHowManyTransactionsItLeavesOut() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Transcript transcript = new Transcript(text, 1_000);
    scene.fast(500, CLIENT, TARGET);

    assertThat(scene.reportWith(transcript).messages().queries()).isEqualTo(500);

    long leftOut = transcript.finish();
    List<String> lines = text.toString(US_ASCII).lines().toList();
    assertThat(text.toString(US_ASCII)).hasSizeLessThanOrEqualTo(1_000).endsWith("\n");
    assertThat(lines.getLast())
        .isEqualTo("# " + leftOut + " more are left out: this file takes no more than 1000 bytes");
    assertThat(lines.size() - 2 + leftOut).isEqualTo(500);
  }

  @Test
  void whatFitsIsNotCut() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Transcript transcript = new Transcript(text, 1_000);
    scene.fast(3, CLIENT, TARGET).reportWith(transcript);

    assertThat(transcript.finish()).isZero();
    assertThat(text.toString(US_ASCII).lines()).hasSize(1 + 3);
  }

  @Test
  void reportsAFullDiskWhenItIsClosed() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Transcript transcript = new Transcript(full);
    scene.ask(0, CLIENT, TARGET, "a.example", 0, 7);

    assertThat(scene.reportWith(transcript).messages().queries()).isOne();
    assertThatThrownBy(transcript::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space");
  }
}
