package io.alertcap.acceptance.fault;

import io.alertcap.acceptance.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Something that listens where a broker or a store should, and is neither. */
final class Impostor implements AutoCloseable {

  private static final char[] PASSWORD = "of-no-account".toCharArray();

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
  static Impostor untrusted(Path scratch) throws IOException, GeneralSecurityException {
    Path store = scratch.resolve("impostor.p12");
    Programs.output(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        new String(PASSWORD));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
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
