package io.alertcap.testing;

import io.alertcap.embedded.CannotStartException;
import io.alertcap.embedded.EmbeddedS3;
import io.alertcap.embedded.S3Credentials;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real S3 server with one bucket for a test class: started before the first class that asks,
 * shared by all of this JVM's, stopped after the last. Tests keep apart by their keys.
 *
 * <pre>{@code
 * @RegisterExtension static final S3Extension s3 = new S3Extension();
 * }</pre>
 */
public final class S3Extension implements BeforeAllCallback {
  private static final String BUCKET = "captures";

  private @Nullable TestS3 running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(S3Extension.class))
            .computeIfAbsent(TestS3.class, unused -> TestS3.start(), TestS3.class);
  }

  /** Where the server is; its buckets are addressed by path. */
  public URI endpoint() {
    return running().server.endpoint();
  }

  /** The key pair that it accepts. */
  public S3Credentials credentials() {
    return running().credentials;
  }

  /** The bucket, which exists. */
  public String bucket() {
    return BUCKET;
  }

  private TestS3 running() {
    if (running == null) {
      throw new IllegalStateException("the server starts before the first test of a class");
    }
    return running;
  }

  private record TestS3(EmbeddedS3 server, S3Credentials credentials, ScratchDirectory directory)
      implements AutoCloseable {

    static TestS3 start() {
      ScratchDirectory directory = ScratchDirectory.create("s3");
      S3Credentials credentials = S3Credentials.random();
      try {
        return new TestS3(
            EmbeddedS3.startTolerant(directory.path(), 0, credentials, BUCKET),
            credentials,
            directory);
      } catch (CannotStartException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      server.close();
      directory.close();
    }
  }
}
