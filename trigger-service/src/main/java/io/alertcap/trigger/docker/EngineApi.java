package io.alertcap.trigger.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Docker's Engine API on its Unix socket, as far as it is needed: one request of HTTP/1.0, to which
 * the answer has neither chunks nor a second one behind it, and ends with the connection.
 */
final class EngineApi {

  /** Without a version in the path, the engine answers in its own. */
  private static final ByteBuffer LIST =
      ByteBuffer.wrap(
              "GET /containers/json HTTP/1.0\r\nHost: docker\r\nAccept: application/json\r\n\r\n"
                  .getBytes(US_ASCII))
          .asReadOnlyBuffer();

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Thousands of containers, at some kilobytes each. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int PIECE = 64 << 10;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path socket;

  EngineApi(Path socket) {
    this.socket = socket;
  }

  /**
   * The running containers, as {@code GET /containers/json} lists them. Blocks for at most 5 s.
   *
   * @throws IOException if nobody answers, or not with a list
   */
  JsonNode containers() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
      ByteBuffer request = LIST.duplicate();
      while (request.hasRemaining()) {
        await(selector, deadline);
        channel.write(request);
      }
      key.interestOps(SelectionKey.OP_READ);
      return list(everything(channel, selector, deadline));
    }
  }

  private static byte[] everything(SocketChannel channel, Selector selector, long deadline)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    while (answer.size() <= MOST_BYTES) {
      await(selector, deadline);
      int read = channel.read(piece.clear());
      if (read < 0) {
        return answer.toByteArray();
      }
      answer.write(piece.array(), 0, read);
    }
    throw new IOException("Docker's answer is longer than 64 MiB");
  }

  private static void await(Selector selector, long deadline) throws IOException {
    long left = Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis());
    selector.selectedKeys().clear();
    if (selector.select(left) == 0 && System.nanoTime() - deadline >= 0) {
      throw new SocketTimeoutException(
          "Docker does not answer within " + PATIENCE.toSeconds() + " s");
    }
  }

  private static JsonNode list(byte[] answer) throws IOException {
    String text = new String(answer, UTF_8);
    int body = text.indexOf("\r\n\r\n");
    if (body < 0) {
      throw new EOFException("Docker closed the connection in the middle of its answer");
    }
    String status = text.substring(0, text.indexOf("\r\n"));
    if (!status.matches("HTTP/1\\.[01] 200 .*")) {
      throw new IOException("Docker answers " + status);
    }
    return JSON.readTree(text.substring(body));
  }
}
