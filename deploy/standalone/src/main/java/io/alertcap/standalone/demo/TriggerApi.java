package io.alertcap.standalone.demo;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The trigger service, as anybody reaches it. Every call blocks, for {@link #PATIENCE} at most. */
public final class TriggerApi implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /**
   * Nothing is asked yet.
   *
   * @param base where the service listens
   */
  public TriggerApi(URI base) {
    this.base = base;
  }

  /** Posts a notification as Alertmanager would, and names the one capture that comes of it. */
  public CaptureId post(byte[] notification) throws DemoFailed, InterruptedException {
    HttpRequest request =
        at("/api/v1/alerts")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(notification))
            .build();
    byte[] body = send(request, 202);
    return switch (Json.read(body, Answer.class)) {
      case Reading.Valid<Answer>(Answer answer) when answer.captures().size() == 1 ->
          answer.captures().getFirst().id();
      case Reading<Answer> other ->
          throw new DemoFailed(
              "the alert started no capture: " + new String(body, StandardCharsets.UTF_8));
    };
  }

  /**
   * Asks again and again until the capture is there.
   *
   * @param patience after which it is a failure, as is a capture that has ended otherwise
   */
  public CaptureRecord await(CaptureId id, CaptureStatus expected, Duration patience)
      throws DemoFailed, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - deadline < 0) {
      CaptureRecord record = record(id);
      if (record.status() == expected) {
        return record;
      }
      if (record.status().terminal()) {
        String why = record.failure().map(Failure::message).orElse("no reason was given");
        throw new DemoFailed("the capture is %s: %s".formatted(record.status().code(), why));
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }
    throw new DemoFailed(
        "the capture was not %s within %d s".formatted(expected.code(), patience.toSeconds()));
  }

  /** What is known of a capture now. */
  public CaptureRecord record(CaptureId id) throws DemoFailed, InterruptedException {
    byte[] body = send(at("/api/v1/captures/" + id).build(), 200);
    return switch (Json.read(body, CaptureRecord.class)) {
      case Reading.Valid<CaptureRecord>(CaptureRecord record) -> record;
      case Reading.Invalid<CaptureRecord> invalid ->
          throw new DemoFailed("the record cannot be read: " + invalid.sentence());
    };
  }

  /** Follows the redirect to S3 and writes what it finds there. */
  public void download(CaptureId id, Path file) throws DemoFailed, InterruptedException {
    HttpRequest request = at("/api/v1/captures/" + id + "/pcap").build();
    try {
      HttpResponse<Path> response = http.send(request, BodyHandlers.ofFile(file));
      if (response.statusCode() != 200) {
        throw new DemoFailed("S3 answered the download with " + response.statusCode());
      }
    } catch (IOException e) {
      throw new DemoFailed("the capture cannot be downloaded to " + file + ": " + e, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
  }

  private byte[] send(HttpRequest request, int expected) throws DemoFailed, InterruptedException {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() == expected) {
        return response.body();
      }
      throw new DemoFailed(
          "%s %s was answered with %d: %s"
              .formatted(
                  request.method(),
                  request.uri(),
                  response.statusCode(),
                  new String(response.body(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new DemoFailed("%s %s failed: %s".formatted(request.method(), request.uri(), e), e);
    }
  }

  private record Answer(List<Begun> captures) {}

  private record Begun(CaptureId id) {}
}
