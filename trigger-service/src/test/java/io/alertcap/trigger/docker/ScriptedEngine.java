package io.alertcap.trigger.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Something that answers on Docker's socket, with whatever a test wants. */
final class ScriptedEngine implements AutoCloseable {

  private final Path socket;
  private final ServerSocketChannel server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile String answer;

  ScriptedEngine(Path socket, String answer) throws IOException {
    this.socket = socket;
    this.answer = answer;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().name("scripted-engine").daemon().start(this::serve);
  }

  static String ok(String json) {
    return "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + json;
  }

  void answer(String next) {
    answer = next;
  }

  /** The first line of each. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        ByteBuffer request = ByteBuffer.allocate(4096);
        client.read(request);
        requests.add(
            new String(request.array(), 0, request.position(), UTF_8).lines().toList().getFirst());
        client.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
      } catch (IOException closed) {
        // the client hung up, or the test has ended
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}
