package io.alertcap.capturer.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An upstream that answers every question with one address: after as many milliseconds as the name
 * says ({@code after-150-…}), or not at all ({@code never-…}).
 */
final class MoodyServer implements AutoCloseable {

  private final DatagramChannel channel;

  MoodyServer(DatagramChannel channel, String address) throws IOException {
    this.channel = channel.bind(new InetSocketAddress(address, 53));
    Thread.ofPlatform().name("moody-server").daemon().start(this::listen);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void listen() {
    ByteBuffer in = ByteBuffer.allocate(1_500);
    DnsMessage message = new DnsMessage();
    try {
      while (true) {
        SocketAddress client = channel.receive(in.clear());
        in.flip();
        if (message.read(in.array(), 0, in.limit()) && message.hasQuestion()) {
          String[] label = message.question().nameText().split("-", -1);
          byte[] answer = answer(Arrays.copyOf(in.array(), in.limit()), message);
          if (label[0].equals("after")) {
            CompletableFuture.delayedExecutor(
                    Long.parseLong(label[1]), TimeUnit.MILLISECONDS, MoodyServer::onOwnThread)
                .execute(() -> send(answer, client));
          } else if (!label[0].equals("never")) {
            send(answer, client);
          }
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void onOwnThread(Runnable task) {
    Thread.ofPlatform().name("moody-server-answer").daemon().start(task);
  }

  private void send(byte[] answer, SocketAddress client) {
    try {
      channel.send(ByteBuffer.wrap(answer), client);
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static byte[] answer(byte[] query, DnsMessage message) {
    int end = DnsMessage.HEADER_BYTES + message.question().nameBytes() + 4;
    byte[] bytes =
        DnsBytes.join(Arrays.copyOf(query, end), DnsBytes.record(DnsBytes.A, 0, "0a630109"));
    ByteBuffer.wrap(bytes)
        .putShort(2, (short) DnsBytes.RESPONSE)
        .putShort(6, (short) 1)
        .putInt(8, 0);
    return bytes;
  }
}
