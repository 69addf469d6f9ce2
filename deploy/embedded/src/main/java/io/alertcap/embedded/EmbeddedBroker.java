package io.alertcap.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A Kafka broker and its KRaft controller in this process, reachable through 127.0.0.1 only.
 *
 * <p>Data lives in the given directory and survives restarts and a killed process. Topics are never
 * created by merely being named, and have one replica.
 *
 * <p>Once it has started, a fatal fault (a lost disk, say) halts the process, as it does in a Kafka
 * of its own: a broker that can no longer keep its promises must not go on answering.
 *
 * <p>This is the only place that knows Kafka's internal classes. It assembles the servers itself,
 * where {@link KafkaRaftServer} would do, for two things that class does not offer: sockets bound
 * beforehand, so that a taken port is a sentence and a chosen one is known, and failures of the
 * start that end in an exception and not in {@code Runtime.halt}.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  /** As in broker.properties, like the names of the two listeners. */
  private static final int NODE_ID = 1;

  private static final String CLIENTS = "CLIENTS";
  private static final String CONTROLLER = "CONTROLLER";

  /**
   * Time for the broker to hand over what it leads; alone in its cluster it has nobody to hand it
   * to.
   */
  private static final Duration CONTROLLED_SHUTDOWN = Duration.ofSeconds(3);

  private final Map<String, ServerSocketChannel> sockets;
  private final Metrics metrics = new Metrics();
  private final ControllerServer controller;
  private final BrokerServer broker;
  private final int port;
  private volatile boolean running;

  private EmbeddedBroker(
      Path dataDirectory, Optional<BrokerAccess> access, Map<String, ServerSocketChannel> sockets)
      throws Exception {
    this.sockets = sockets;
    this.port = port(CLIENTS);
    KafkaConfig config = new KafkaConfig(settings(dataDirectory, access), false);
    if (Files.notExists(dataDirectory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      format(config);
    }
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
        KafkaRaftServer.initializeLogDirs(config, log, "");
    SharedServer shared =
        new SharedServer(
            config,
            directories._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(Map.of(NODE_ID, loopback(port(CONTROLLER)))),
            List.of(),
            this::faultHandler,
            this::boundSocket);
    this.controller =
        new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
    this.broker = new BrokerServer(shared);
  }

  /**
   * Starts a broker on the data in {@code dataDirectory}, which is made where there is none. Blocks
   * until it takes requests: about two seconds.
   *
   * @param port the port on 127.0.0.1, or 0 for a free one
   * @throws CannotStartException if the port is taken, or the directory unusable or in use
   */
  public static EmbeddedBroker start(Path dataDirectory, int port) throws CannotStartException {
    return start(dataDirectory, port, Optional.empty());
  }

  /**
   * The same for clients that show who they are.
   *
   * @throws CannotStartException if the port is taken, or the directory unusable or in use
   */
  public static EmbeddedBroker start(Path dataDirectory, int port, BrokerAccess access)
      throws CannotStartException {
    return start(dataDirectory, port, Optional.of(access));
  }

  private static EmbeddedBroker start(Path dataDirectory, int port, Optional<BrokerAccess> access)
      throws CannotStartException {
    ServerSocketChannel clients = bind(port);
    ServerSocketChannel controllers = bind(0);
    try {
      Files.createDirectories(dataDirectory);
      EmbeddedBroker embedded =
          new EmbeddedBroker(
              dataDirectory, access, Map.of(CLIENTS, clients, CONTROLLER, controllers));
      embedded.startServers();
      return embedded;
    } catch (Exception e) {
      closeQuietly(clients);
      closeQuietly(controllers);
      throw new CannotStartException(
          "the embedded Kafka broker does not start on %s: %s".formatted(dataDirectory, reason(e)),
          e);
    }
  }

  /** The {@code bootstrap.servers} of its clients. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The port that clients use; the bound one where 0 was asked for. */
  public int port() {
    return port;
  }

  /** Stops taking requests, flushes, and stops; blocks up to a few seconds. */
  @Override
  public void close() {
    running = false;
    // The broker first: it needs the controller to leave the cluster.
    broker.shutdown(CONTROLLED_SHUTDOWN);
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
    metrics.close();
  }

  private void startServers() {
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    running = true;
  }

  private Properties settings(Path dataDirectory, Optional<BrokerAccess> access)
      throws IOException {
    Properties settings = new Properties();
    try (InputStream fixed = EmbeddedBroker.class.getResourceAsStream("broker.properties")) {
      settings.load(Objects.requireNonNull(fixed, "broker.properties is not in the jar"));
    }
    settings.setProperty("listeners", listener(CLIENTS) + "," + listener(CONTROLLER));
    settings.setProperty("advertised.listeners", listener(CLIENTS));
    settings.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + port(CONTROLLER));
    settings.setProperty("log.dir", dataDirectory.toAbsolutePath().toString());
    access.ifPresent(rules -> rules.applyTo(settings, CLIENTS, CONTROLLER));
    return settings;
  }

  private String listener(String name) {
    return name + "://127.0.0.1:" + port(name);
  }

  private int port(String listener) {
    return socket(listener).socket().getLocalPort();
  }

  private ServerSocketChannel socket(String listener) {
    ServerSocketChannel socket = sockets.get(listener);
    if (socket == null) {
      throw new IllegalStateException("no socket was bound for the listener " + listener);
    }
    return socket;
  }

  /** Kafka asks for its listening sockets here, and gets the ones that are bound already. */
  private ServerSocketChannel boundSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBufferBytes)
      throws IOException {
    ServerSocketChannel socket = socket(listener);
    socket.configureBlocking(false);
    return socket;
  }

  private FaultHandler faultHandler(String name, boolean fatal, Runnable action) {
    FaultHandler standard = new StandardFaultHandlerFactory().build(name, fatal, action);
    return (message, cause) ->
        running ? standard.handleFault(message, cause) : new IllegalStateException(message, cause);
  }

  /** Gives a new directory its cluster's identity; the file that says so is written last. */
  private static void format(KafkaConfig config) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(CONTROLLER)
        .setMetadataLogDirectory(config.metadataLogDir())
        .addDirectory(config.metadataLogDir())
        .run();
  }

  private static ServerSocketChannel bind(int port) throws CannotStartException {
    try {
      ServerSocketChannel socket = ServerSocketChannel.open();
      try {
        return socket.bind(loopback(port));
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (BindException e) {
      throw CannotStartException.portTaken(port, "standalone.kafkaPort", e);
    } catch (IOException e) {
      throw new CannotStartException(
          "the embedded Kafka broker cannot listen on 127.0.0.1:%d: %s".formatted(port, reason(e)),
          e);
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void closeQuietly(ServerSocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("closing {}", socket, e);
    }
  }
}
