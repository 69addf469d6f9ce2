package io.alertcap.standalone.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pcap file of DNS as a cluster's server sees it: queries of 4,000 clients and their answers, by
 * turns, each for a name of its own.
 */
final class DnsTrafficFile {

  /** Of the server, which is the target. */
  static final String SERVER = "10.0.0.53";

  private static final int LINK_BYTES = 14;
  private static final int IP_BYTES = 20;
  private static final int UDP_BYTES = 8;
  private static final short DNS_PORT = 53;
  private static final int NANOS_BETWEEN = 10_000;
  private static final int CLIENTS = 4_000;
  private static final int FIRST_SECOND = 1_795_000_000;
  private static final int NANOS = 1_000_000_000;
  private static final int CLIENT = 0x0a010000;
  private static final int TARGET = 0x0a000035;

  private DnsTrafficFile() {}

  static void write(Path file, long packets) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(512);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      record.order(ByteOrder.LITTLE_ENDIAN).putInt(0xa1b23c4d).putShort((short) 2);
      record.putShort((short) 4).putLong(0).putInt(262_144).putInt(1);
      out.write(record.array(), 0, record.position());
      for (long i = 0; i < packets; i++) {
        packet(record.clear(), i);
        out.write(record.array(), 0, record.position());
      }
    }
  }

  private static void packet(ByteBuffer record, long number) {
    boolean answer = number % 2 == 1;
    long question = number / 2;
    byte[] name = name(question);
    int dns = 12 + name.length + 4 + (answer ? 16 : 0);
    int length = LINK_BYTES + IP_BYTES + UDP_BYTES + dns;
    long nanos = number * NANOS_BETWEEN;
    record.order(ByteOrder.LITTLE_ENDIAN).putInt(FIRST_SECOND + (int) (nanos / NANOS));
    record.putInt((int) (nanos % NANOS)).putInt(length).putInt(length);
    record.order(ByteOrder.BIG_ENDIAN).putLong(0x0200000000010200L).putInt(0x00000002);
    record.putShort((short) 0x0800);
    int client = CLIENT + (int) (question % CLIENTS);
    short port = (short) (1_024 + question % 60_000);
    record.putShort((short) 0x4500).putShort((short) (length - LINK_BYTES)).putInt(0);
    record.putShort((short) 0x4011).putShort((short) 0);
    record.putInt(answer ? TARGET : client).putInt(answer ? client : TARGET);
    record.putShort(answer ? DNS_PORT : port).putShort(answer ? port : DNS_PORT);
    record.putShort((short) (UDP_BYTES + dns)).putShort((short) 0);
    record.putShort((short) question).putShort((short) (answer ? 0x8180 : 0x0100));
    record.putShort((short) 1).putShort((short) (answer ? 1 : 0)).putInt(0);
    record.put(name).putInt(0x00010001);
    if (answer) {
      record.putShort((short) 0xc00c).putInt(0x00010001).putInt(30).putShort((short) 4);
      record.putInt(0xc0000207);
    }
  }

  private static byte[] name(long number) {
    StringBuilder wire = new StringBuilder(48);
    for (String label :
        new String[] {"app-" + number, "ns" + number % 50, "svc", "cluster", "local"}) {
      wire.append((char) label.length()).append(label);
    }
    return wire.append('\0').toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
