package io.alertcap.capturer.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.enrich.Packets;
import io.alertcap.schemas.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class AnalyzeTest {

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void makeAFile() throws IOException {
    file = directory.resolve("a.pcap");
    Files.write(file, Packets.file(LinkType.EN10MB));
  }

  @Test
  void printsTheVerdictAndTheTables() {
    assertThat(run("--target", "10.99.1.2", file.toString())).isZero();
    assertThat(out.toString())
        .contains("a.pcap: 5 packets. The file is whole.")
        .contains("from 2026-11-22T22:33:36.123456789Z to 2026-11-22T22:33:37.999999999Z")
        .contains("too-little-traffic: ")
        .contains("target: 10.99.1.2 (given)")
        .contains("served: queries that the target was asked")
        .contains("rcodes: NOERROR 1")
        .contains("A      example.test.")
        .contains("TCP: 1 segments, 1 connections");
  }

  @Test
  void printsOneJsonDocument() {
    assertThat(run("--output", "json", file.toString(), file.toString())).isZero();

    JsonNode document = Json.mapper().readTree(out.toString());
    assertThat(document.path("files")).hasSize(2);
    assertThat(document.at("/files/1/packets").longValue()).isEqualTo(5);
    assertThat(document.at("/files/0/dns/verdict/code").stringValue())
        .isEqualTo("too-little-traffic");
  }

  @Test
  void readsACompressedFileAsFarAsItGoes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Files.readAllBytes(file));
    }
    Path whole = directory.resolve("whole");
    Files.write(whole, bytes.toByteArray());
    Path cut = directory.resolve("cut");
    Files.write(cut, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20));

    assertThat(run(whole.toString(), cut.toString())).isZero();
    assertThat(out.toString())
        .contains("whole: 5 packets. The file is whole.")
        .contains("The compressed file is cut short.");
  }

  @Test
  void saysWhichFileCannotBeReadAndReadsTheOthers() throws IOException {
    Path other = directory.resolve("other");
    Files.writeString(other, "no capture file");
    Path missing = directory.resolve("missing");

    assertThat(run(missing.toString(), other.toString(), file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("missing: There is no such file.")
        .contains("other: The file begins like neither pcap nor pcapng.");
    assertThat(out.toString()).contains("5 packets");
  }

  @Test
  void refusesAWrongCommandLine() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--target", "nobody", file.toString())).isEqualTo(2);
    assertThat(run("--dns-port", "65536", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("'nobody' is no IP address")
        .contains("--dns-port is from 1 to 65535");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }
}
