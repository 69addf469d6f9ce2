package io.alertcap.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Stands before an HTTP server: answers some requests itself, passes all others on as they are, and
 * remembers the head of each. One request a connection, so that no body need be understood.
 */
public final class Front implements AutoCloseable {

  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final String scheme;
  private final ServerSocket listening;
  private final URI server;
  private final UnaryOperator<String> answers;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private Front(
      String scheme, ServerSocketFactory sockets, URI server, UnaryOperator<String> answers)
      throws IOException {
    this.scheme = scheme;
    this.listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.server = server;
    this.answers = answers;
    start("front", this::accept);
  }

  /**
   * Speaks HTTP.
   *
   * @param answers given the head of a request, the whole response to it; empty to pass it on
   */
  public static Front plain(URI server, UnaryOperator<String> answers) throws IOException {
    return new Front("http", ServerSocketFactory.getDefault(), server, answers);
  }

  /** Speaks HTTPS, and passes everything on to a server that need not. */
  public static Front tls(URI server, SSLContext context) throws IOException {
    return new Front("https", context.getServerSocketFactory(), server, head -> "");
  }

  /** Where to connect to instead of the server. */
  public URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort());
  }

  /** What a request of which this is the response's XML is answered with. */
  public static String answer(String status, String xml) {
    return "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, xml.getBytes(StandardCharsets.UTF_8).length, xml);
  }

  /** The heads of all requests so far. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      start("front-request", () -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      Optional<String> head = readHead(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      heads.add(head.get());
      String answer = answers.apply(head.get());
      if (answer.isEmpty()) {
        passOn(head.get(), client);
      } else {
        client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  private void passOn(String head, Socket client) throws IOException {
    try (Socket behind = new Socket(server.getHost(), server.getPort())) {
      String once = head.replaceFirst("(?im)^Connection:.*\r\n", "");
      OutputStream out = behind.getOutputStream();
      out.write(
          once.replaceFirst("\r\n", "\r\nConnection: close\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      start("front-body", () -> client.getInputStream().transferTo(out));
      behind.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static Optional<String> readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END_OF_HEAD.length) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      head.write(next);
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
  }

  private static void start(String name, Talking work) {
    Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(() -> {
          try {
            work.run();
          } catch (IOException closed) {
            // one side has had enough
          }
        });
  }

  private interface Talking {
    void run() throws IOException;
  }
}
