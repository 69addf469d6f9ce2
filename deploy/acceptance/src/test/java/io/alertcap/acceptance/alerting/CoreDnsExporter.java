package io.alertcap.acceptance.alerting;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Metrics as CoreDNS has them; so many queries are answered between any two scrapes. */
final class CoreDnsExporter implements AutoCloseable {

  private final HttpServer server;
  private State state = State.FAST;
  private long fast;
  private long slow;

  /** How the next queries are answered. */
  enum State {
    FAST(100, 0),
    /** Half of them take 1 to 2 s. */
    SLOW(50, 50),
    /** So many that the slow ones of the last minute are less than one in a hundred. */
    BUSY_AND_FAST(200_000, 0);

    private final int fast;
    private final int slow;

    State(int fast, int slow) {
      this.fast = fast;
      this.slow = slow;
    }
  }

  CoreDnsExporter() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", this::scrape);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  synchronized void become(State next) {
    state = next;
  }

  private synchronized String metrics() {
    fast += state.fast;
    slow += state.slow;
    return """
    # TYPE coredns_dns_request_duration_seconds histogram
    coredns_dns_request_duration_seconds_bucket{server="dns://:53",zone=".",le="0.5"} %1$d
    coredns_dns_request_duration_seconds_bucket{server="dns://:53",zone=".",le="1"} %1$d
    coredns_dns_request_duration_seconds_bucket{server="dns://:53",zone=".",le="2"} %2$d
    coredns_dns_request_duration_seconds_bucket{server="dns://:53",zone=".",le="+Inf"} %2$d
    coredns_dns_request_duration_seconds_sum{server="dns://:53",zone="."} %3$d
    coredns_dns_request_duration_seconds_count{server="dns://:53",zone="."} %2$d
    """
        .formatted(fast, fast + slow, slow);
  }

  private void scrape(HttpExchange exchange) throws IOException {
    byte[] body = metrics().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
