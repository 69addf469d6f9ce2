package io.alertcap.trigger.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * A client as plain as can be: no redirects, and an answer within seconds or none, which is held
 * against the description of the API.
 */
public final class Http implements AutoCloseable {

  private final URI base;
  private final boolean described;
  private final HttpClient client;

  public Http(URI base) {
    this(base, builder(), true);
  }

  private Http(URI base, HttpClient.Builder client, boolean described) {
    this.base = base;
    this.described = described;
    this.client = client.build();
  }

  /** For routes that only a test has. */
  static Http undescribed(URI base) {
    return new Http(base, builder(), false);
  }

  /** For such routes, over TLS; trusts, and shows, what the context says. */
  static Http undescribed(URI base, SSLContext tls) {
    return new Http(base, builder().sslContext(tls), false);
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5));
  }

  /** What came back. */
  public record Response(HttpResponse<String> http) {

    public int status() {
      return http.statusCode();
    }

    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    public String body() {
      return http.body();
    }

    /** The body as a value; fails if it is none. */
    public <T> T as(Class<T> type) {
      return switch (Json.read(http.body().getBytes(UTF_8), type)) {
        case Reading.Valid<T>(T value) -> value;
        case Reading.Invalid<T> invalid ->
            throw new AssertionError(invalid.sentence() + ": " + http.body());
      };
    }
  }

  public Response get(String path) throws IOException, InterruptedException {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** As Alertmanager does. */
  public Response postAlerts(byte[] body) throws IOException, InterruptedException {
    return send("POST", "/api/v1/alerts", BodyPublishers.ofByteArray(body));
  }

  public Response send(String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(15))
            .setHeader("Content-Type", "application/json")
            .method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    Response response =
        new Response(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    if (described) {
      Description.check(method, path, response);
    }
    return response;
  }

  @Override
  public void close() {
    client.close();
  }
}
