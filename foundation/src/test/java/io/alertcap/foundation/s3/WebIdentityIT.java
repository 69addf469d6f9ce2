package io.alertcap.foundation.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alertcap.testing.S3Extension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * IAM roles for service accounts, as a pod has them: a token in a file that is replaced while the
 * service runs, the role in a variable, and a token service that hands out the store's keys for it.
 */
@Timeout(60)
class WebIdentityIT {

  private static final String ROLE = "arn:aws:iam::123456789012:role/alertcap-capturer";

  /** Within what the SDK takes as too short to use again, so that each request asks again. */
  private static final Duration VALID = Duration.ofSeconds(30);

  @RegisterExtension static final S3Extension s3 = new S3Extension();
  @TempDir Path directory;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer sts;
  private Path token;

  @BeforeEach
  void start() throws IOException {
    sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext("/", this::assumeRole);
    sts.start();
    token = Files.writeString(directory.resolve("token"), "first-token-of-the-service-account");
  }

  @AfterEach
  void stop() {
    sts.stop(0);
  }

  @Test
  void theServiceAccountsRoleStoresFilesAndFollowsItsToken() throws Exception {
    Process program = program();
    try (PrintWriter commands = new PrintWriter(program.outputWriter(UTF_8), true);
        BufferedReader answers = program.inputReader(UTF_8)) {
      commands.println("one");
      assertThat(answers.readLine()).isEqualTo("stored one");
      assertThat(asked).allMatch(form -> form.contains("first-token"));

      rotate("second-token-of-the-service-account");
      commands.println("two");

      assertThat(answers.readLine()).isEqualTo("stored two");
      assertThat(asked).last().asString().contains("second-token");
      assertThat(asked).allMatch(form -> form.contains("Action=AssumeRoleWithWebIdentity"));
      assertThat(asked).allMatch(form -> form.contains("RoleArn=" + ROLE));
    } finally {
      program.destroyForcibly();
    }
  }

  /** As the kubelet does: a new file under the old name. */
  private void rotate(String content) throws IOException {
    Path next = Files.writeString(directory.resolve("token.next"), content);
    Files.move(next, token, StandardCopyOption.ATOMIC_MOVE);
  }

  private Process program() throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx96m",
            "-cp",
            System.getProperty("java.class.path"),
            StoreByRole.class.getName(),
            s3.endpoint().toString(),
            s3.bucket());
    program.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    program.environment().put("AWS_ROLE_ARN", ROLE);
    program.environment().put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
    program.environment().put("AWS_REGION", "us-east-1");
    program
        .environment()
        .put("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:" + sts.getAddress().getPort());
    return program
        .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  private void assumeRole(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add(URLDecoder.decode(form, UTF_8));
    byte[] answer =
        """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <Credentials>
              <AccessKeyId>%s</AccessKeyId>
              <SecretAccessKey>%s</SecretAccessKey>
              <SessionToken>session</SessionToken>
              <Expiration>%s</Expiration>
            </Credentials>
            <AssumedRoleUser><Arn>%s</Arn><AssumedRoleId>A:b</AssumedRoleId></AssumedRoleUser>
          </AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>
        """
            .formatted(
                s3.credentials().accessKeyId(),
                s3.credentials().secretAccessKey(),
                Instant.now().plus(VALID),
                ROLE)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(200, answer.length);
    try (exchange) {
      exchange.getResponseBody().write(answer);
    }
  }
}
