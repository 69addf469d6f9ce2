package io.alertcap.capturer.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The bad line between a server and its upstream, in place of {@code tc netem}, which not every
 * kernel has. Passes datagrams on unchanged but for their id, later or not at all where the name
 * says so: {@code after-150-…} milliseconds later, {@code never-…} not, and of {@code race-…} not
 * the first query for AAAA.
 */
final class Forwarder implements AutoCloseable {

  private static final int DNS = 53;

  private final DatagramChannel server;
  private final DatagramChannel upstream;
  private final SocketAddress upstreamAddress;
  private final Map<Integer, Asked> asked = new ConcurrentHashMap<>();
  private final Set<String> lost = new HashSet<>();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("forwarder-later").daemon().factory());
  private int nextId = 1;

  private record Asked(SocketAddress client, short id) {}

  /** Both channels are closed together with it. */
  Forwarder(DatagramChannel server, String address, DatagramChannel upstream, String upstreamIs)
      throws IOException {
    this.server = server.bind(new InetSocketAddress(address, DNS));
    this.upstream = upstream.bind(new InetSocketAddress(0));
    this.upstreamAddress = new InetSocketAddress(upstreamIs, DNS);
    start("forwarder-queries", this::queries);
    start("forwarder-answers", this::answers);
  }

  @Override
  public void close() throws IOException {
    later.shutdownNow();
    server.close();
    upstream.close();
  }

  private void queries() throws IOException {
    DnsMessage message = new DnsMessage();
    while (true) {
      ByteBuffer query = ByteBuffer.allocate(1_500);
      SocketAddress client = server.receive(query);
      query.flip();
      if (message.read(query.array(), 0, query.limit()) && !isLost(message.question())) {
        int id = nextId++ & 0xffff;
        asked.put(id, new Asked(client, query.getShort(0)));
        query.putShort(0, (short) id);
        long delay = delayMillis(message.question());
        if (delay == 0) {
          upstream.send(query, upstreamAddress);
        } else {
          var unused = later.schedule(() -> pass(query), delay, TimeUnit.MILLISECONDS);
        }
      }
    }
  }

  private void answers() throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(65_535);
    while (true) {
      upstream.receive(answer.clear());
      answer.flip();
      Asked by = asked.remove(Short.toUnsignedInt(answer.getShort(0)));
      if (by != null) {
        server.send(answer.putShort(0, by.id()), by.client());
      }
    }
  }

  private boolean isLost(Question question) {
    String name = question.nameText();
    return name.startsWith("never-")
        || (name.startsWith("race-") && question.type() == Question.AAAA && lost.add(name));
  }

  private static long delayMillis(Question question) {
    String[] label = question.nameText().split("-", -1);
    return label[0].equals("after") ? Long.parseLong(label[1]) : 0;
  }

  private Void pass(ByteBuffer query) throws IOException {
    upstream.send(query, upstreamAddress);
    return null;
  }

  private static void start(String name, Passing work) {
    Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(() -> {
          try {
            work.run();
          } catch (IOException closed) {
            // the test is over
          }
        });
  }

  private interface Passing {
    void run() throws IOException;
  }
}
