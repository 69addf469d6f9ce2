package io.alertcap.acceptance.fault;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** Something that listens where a broker or a store should, and is neither. */
final class Impostor implements AutoCloseable {

  private final ServerSocket server;

  private Impostor(ServerSocket server) {
    this.server = server;
    Thread.ofVirtual().start(this::takeAll);
  }

  /** Takes every byte and answers with none. */
  static Impostor silent() throws IOException {
    return new Impostor(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /** Speaks TLS, with a certificate that it has signed itself. */
  static Impostor untrusted() throws Exception {
    X509Bundle own =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=127.0.0.1")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.toKeyManagerFactory().getKeyManagers(), null, null);
    return new Impostor(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  int port() {
    return server.getLocalPort();
  }

  private void takeAll() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> read(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void read(Socket client) {
    try (client) {
      var unused = client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException refused) {
      // a client that does not trust this says so by closing
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
