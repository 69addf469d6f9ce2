package io.alertcap.trigger.web;

import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Requests.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Server-sent events. */
class CaptureFeedTest extends ApiFixture {

  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void closesSockets() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void tellsOfEveryChange() throws Exception {
    BufferedReader stream = follow("");
    CaptureRequest request = request("coredns-latency", "a", CLOCK.instant());

    records.add(requested(request));
    records.add(completed(request));
    records.add(completed(request));

    assertThat(event(stream)).contains("event: capture").contains("\"status\":\"requested\"");
    assertThat(event(stream)).contains("\"status\":\"completed\"").contains(request.id().value());
    records.add(requested(request("coredns-latency", "b", CLOCK.instant())));
    assertThat(event(stream)).as("what changes nothing is not told").contains("\"pod\":\"b\"");
  }

  @Test
  void goesOnWhereAFollowerLeft() throws Exception {
    BufferedReader before = follow("");
    change("a");
    String id = event(before).lines().findFirst().orElseThrow().substring("id: ".length());
    change("b");

    BufferedReader after = follow("Last-Event-ID: " + id + "\r\n");

    assertThat(event(after)).contains("\"pod\":\"b\"");
  }

  @Test
  void saysThatSomethingWasMissed() throws Exception {
    for (String unknown : List.of("00000000-1", "nonsense", "99999999999999999999")) {
      BufferedReader stream = follow("Last-Event-ID: " + unknown + "\r\n");
      assertThat(event(stream)).contains("event: reset").contains("data: {}");
      sockets.removeLast().close();
      await().until(() -> followers() == 0);
    }
  }

  @Test
  void disconnectsWhoDoesNotKeepUp() throws Exception {
    follow("");
    follow("");

    CaptureRecord capture =
        CaptureRecord.of(requested(request("coredns-latency", "a", CLOCK.instant())));
    await()
        .until(() -> {
          for (int i = 0; i < 2 * FEED_CHANGES; i++) {
            feed.add(capture);
          }
          return followers() == 0;
        });

    assertThat(metrics.registry().get("alertcap.http.followers.dropped").counter().count())
        .isEqualTo(2);
  }

  @Test
  void takesNoMoreFollowersThanItsLimit() throws Exception {
    follow("");
    follow("");

    Http.Response third = http.get("/api/v1/events");

    assertThat(third.status()).isEqualTo(503);
    sockets.removeLast().close();
    await().until(() -> followers() == 1);
    follow("");
  }

  @Test
  void endsItsStreamsWhenItCloses() throws Exception {
    CompletableFuture<Http.Response> whole =
        CompletableFuture.supplyAsync(() -> {
          try {
            return http.get("/api/v1/events");
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    await().until(() -> followers() == 1);
    change("a");

    feed.close();

    assertThat(whole.join().body()).startsWith(": connected\n\n").contains("\"pod\":\"a\"");
  }

  @Test
  void answersHeadWithoutAStream() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(http.send("HEAD", "/api/v1/events", BodyPublishers.noBody()).status())
          .isEqualTo(200);
    }
  }

  private double followers() {
    return metrics.registry().get("alertcap.http.followers").gauge().value();
  }

  private void change(String pod) {
    records.add(requested(request("coredns-latency", pod, CLOCK.instant())));
  }

  /** Connects, with so small a buffer that it fills soon, and reads up to the first comment. */
  private BufferedReader follow(String header) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), front.port()));
    sockets.add(socket);
    socket
        .getOutputStream()
        .write(("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n" + header + "\r\n").getBytes(UTF_8));
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), 1024);
    String line = reader.readLine();
    assertThat(line).isEqualTo("HTTP/1.1 200 OK");
    while (!line.equals(": connected")) {
      line = reader.readLine();
    }
    return reader;
  }

  /** The next event, without the marks of chunks. */
  private static String event(BufferedReader stream) throws IOException {
    StringBuilder event = new StringBuilder();
    while (event.indexOf("data: ") < 0) {
      String line = stream.readLine();
      if (line.startsWith("id: ") || line.startsWith("event: ") || line.startsWith("data: ")) {
        event.append(line).append('\n');
      }
    }
    return event.toString();
  }
}
