package io.alertcap.capturer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.schemas.DnsReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tshark reads in a capture file, beside what this project reads in it. */
public final class Tshark {

  private final Path file;

  public Tshark(Path file) {
    this.file = file;
  }

  /**
   * Compares numbers of messages, rcodes, and the latency of every transaction, to the microsecond.
   */
  public void expect(DnsReport report, String transcript) throws IOException {
    expectMessages(report);
    assertThat(latencies(transcript)).isEqualTo(latencies());
    assertThat(rcodes(report)).isEqualTo(rcodes());
  }

  /** Compares numbers of messages. */
  void expectMessages(DnsReport report) throws IOException {
    assertThat(report.messages().queries()).isEqualTo(values("dns.flags.response == 0", "dns.id"));
    assertThat(report.messages().answers()).isEqualTo(values("dns.flags.response == 1", "dns.id"));
  }

  /** When packets were seen that pass a display filter, in seconds from the first of the file. */
  List<Double> times(String filter) throws IOException {
    return fields(filter, "frame.time_relative").stream().map(Double::valueOf).toList();
  }

  /** Analyses the file, which is plain pcap, and compares. */
  DnsReport expectTheSame(VerdictThresholds thresholds, String... target) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    DnsReport report;
    try (Transcript transcript = new Transcript(lines)) {
      report = analyze(thresholds, Optional.of(transcript), target);
    }
    expect(report, lines.toString(StandardCharsets.US_ASCII));
    return report;
  }

  private long values(String filter, String field) throws IOException {
    return fields(filter, field).stream().mapToLong(line -> line.split(",", -1).length).sum();
  }

  /** Without the answers to nothing and the repeated ones, as ours. */
  private Map<String, Long> rcodes() throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : fields("dns.time", "dns.flags.rcode")) {
      for (String code : line.split(",", -1)) {
        counts.merge(DnsCodes.rcode(Integer.parseInt(code)), 1L, Long::sum);
      }
    }
    return counts;
  }

  private static Map<String, Long> rcodes(DnsReport report) {
    Map<String, Long> counts = new TreeMap<>();
    Stream.of(report.served(), report.upstream(), report.other())
        .flatMap(Optional::stream)
        .forEach(side -> side.rcodes().forEach((code, n) -> counts.merge(code, n, Long::sum)));
    return counts;
  }

  private List<Long> latencies() throws IOException {
    return fields("dns.time", "dns.time").stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(each -> new BigDecimal(each).movePointRight(6).setScale(0, RoundingMode.DOWN))
        .map(BigDecimal::longValueExact)
        .sorted()
        .toList();
  }

  private static List<Long> latencies(String transcript) {
    return transcript
        .lines()
        .skip(1)
        .map(line -> line.split("\t", -1)[6])
        .filter(each -> each.endsWith("ms"))
        .map(each -> Long.parseLong(each.replaceAll("ms|\\.", "")))
        .sorted()
        .toList();
  }

  private List<String> fields(String filter, String field) throws IOException {
    return Machine.output(
        "tshark", "-n", "-r", file.toString(), "-Y", filter, "-T", "fields", "-e", field);
  }

  DnsReport analyze(VerdictThresholds thresholds, Optional<Transcript> transcript, String... target)
      throws IOException {
    Set<IpAddress> addresses =
        Stream.of(target)
            .map(each -> IpAddress.parse(each).orElseThrow())
            .collect(Collectors.toSet());
    DnsAnalysis analysis = new DnsAnalysis(addresses, Set.of(), thresholds, transcript);
    Dissector dissector = new Dissector();
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    LinkType type = LinkType.of(in.getInt(20)).orElseThrow();
    in.position(24);
    while (in.remaining() >= 16) {
      long at = in.getInt() * 1_000_000_000L + in.getInt();
      int captured = in.getInt();
      int original = in.getInt();
      analysis.packet(dissector.dissect(type, in.array(), in.position(), captured, original), at);
      in.position(in.position() + captured);
    }
    return analysis.finish();
  }
}
