package io.alertcap.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 server in this process, reachable through 127.0.0.1 only, that accepts one key pair and
 * checks every signature, those of presigned URLs too.
 *
 * <p>An object is a file under {@code dataDirectory/bucket}, its metadata are that file's extended
 * attributes; both survive restarts and a killed process. Nothing is fsynced: what was written in
 * the last seconds before a power cut can be lost.
 *
 * <p>Buckets are addressed by path ({@code http://127.0.0.1:PORT/BUCKET/KEY}), not by host name.
 */
public final class EmbeddedS3 implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedS3.class);

  /** Jetty's acceptor and selector need some; the rest is how many requests run at a time. */
  private static final int THREADS = 24;

  private final S3Proxy server;

  private EmbeddedS3(S3Proxy server) {
    this.server = server;
  }

  /**
   * Starts a server on the objects in {@code dataDirectory}, which is made where there is none, as
   * is the bucket. Blocks until it takes requests: well under a second.
   *
   * @param port the port on 127.0.0.1, or 0 for a free one
   * @throws CannotStartException if the port is taken, or the directory cannot hold objects
   */
  public static EmbeddedS3 start(
      Path dataDirectory, int port, S3Credentials credentials, String bucket)
      throws CannotStartException {
    return start(dataDirectory, port, credentials, bucket, false);
  }

  /**
   * The same, taking headers that it does not know, where it would otherwise refuse the request: a
   * session token, which Amazon's store asks for with keys that are lent.
   *
   * @throws CannotStartException if the port is taken, or the directory cannot hold objects
   */
  public static EmbeddedS3 startTolerant(
      Path dataDirectory, int port, S3Credentials credentials, String bucket)
      throws CannotStartException {
    return start(dataDirectory, port, credentials, bucket, true);
  }

  private static EmbeddedS3 start(
      Path dataDirectory, int port, S3Credentials credentials, String bucket, boolean tolerant)
      throws CannotStartException {
    FilesystemNio2BlobStore store = store(dataDirectory, bucket);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4,
                credentials.accessKeyId(),
                credentials.secretAccessKey())
            .jettyMaxThreads(THREADS)
            .ignoreUnknownHeaders(tolerant)
            // Clients of this process have stopped before; a foreign download is cut.
            .stopTimeout(0)
            .build();
    try {
      server.start();
      return new EmbeddedS3(server);
    } catch (Exception e) {
      EmbeddedS3 failed = new EmbeddedS3(server);
      failed.close();
      throw cannotStart(port, e);
    }
  }

  /** Where clients find it: {@code http://127.0.0.1:PORT}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** The port that clients use; the bound one where 0 was asked for. */
  public int port() {
    return server.getPort();
  }

  /** Stops at once; requests under way are cut off. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("the embedded S3 server did not stop cleanly", e);
    }
  }

  private static FilesystemNio2BlobStore store(Path dataDirectory, String bucket)
      throws CannotStartException {
    try {
      Files.createDirectories(dataDirectory);
      requireExtendedAttributes(dataDirectory);
    } catch (IOException e) {
      throw new CannotStartException(
          "the embedded S3 server cannot use %s: %s".formatted(dataDirectory, e), e);
    }
    var store = new FilesystemNio2BlobStore(dataDirectory.toString());
    if (!store.containerExists(bucket)) {
      var unused = store.createContainer(bucket);
    }
    return store;
  }

  /** Without them S3Proxy drops an object's metadata and says so to nobody. */
  private static void requireExtendedAttributes(Path dataDirectory)
      throws IOException, CannotStartException {
    Path probe = Files.createTempFile(dataDirectory, ".probe", "");
    try {
      UserDefinedFileAttributeView attributes =
          Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
      var unused =
          attributes.write("alertcap", ByteBuffer.wrap("kept".getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new CannotStartException(
          ("%s is on a file system without extended attributes, where the metadata of objects would"
                  + " be lost: set standalone.dataDir to a directory on ext4, xfs or btrfs")
              .formatted(dataDirectory),
          e);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static CannotStartException cannotStart(int port, Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return CannotStartException.portTaken(port, "standalone.s3Port", e);
      }
    }
    return new CannotStartException("the embedded S3 server does not start: " + e, e);
  }
}
