package io.alertcap.trigger.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the front, from files that may change: new connections get the new certificate, those that
 * are open stay. What cannot be used is not taken over.
 */
final class Tls {

  private static final Logger log = LoggerFactory.getLogger(Tls.class);

  private static final int PATIENCE_SECONDS = 10;

  private final Vertx vertx;
  private final TlsSettings settings;
  private final Duration handshake;
  private final MeterRegistry meters;
  private TlsFiles seen;
  private volatile X509Certificate certificate;

  /**
   * Reads the files.
   *
   * @param handshake how long it may take
   * @throws IOException if TLS cannot be spoken with them, naming the setting
   */
  Tls(Vertx vertx, TlsSettings settings, Duration handshake, MeterRegistry meters)
      throws IOException {
    this.vertx = vertx;
    this.settings = settings;
    this.handshake = handshake;
    this.meters = meters;
    this.seen = TlsFiles.read(settings);
    this.certificate = seen.verified(vertx);
    Gauge.builder(
            "alertcap.http.certificate.expiry",
            this,
            tls -> tls.certificate.getNotAfter().toInstant().getEpochSecond())
        .description("When the certificate of the front expires, in Unix time")
        .baseUnit("timestamp_seconds")
        .register(meters);
  }

  void applyTo(HttpServerOptions options) {
    options
        .setSsl(true)
        .setUseAlpn(false)
        .setSslHandshakeTimeout(handshake.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setKeyCertOptions(seen.keyAndCertificate())
        .setClientAuth(clientAuth());
    seen.trust().ifPresent(options::setTrustOptions);
  }

  private ClientAuth clientAuth() {
    return settings
        .clients()
        .map(clients -> clients.required() ? ClientAuth.REQUIRED : ClientAuth.REQUEST)
        .orElse(ClientAuth.NONE);
  }

  /** Looks at the files again; blocks for seconds at most. To be called by one thread. */
  void refresh(HttpServer server) {
    try {
      TlsFiles now = TlsFiles.read(settings);
      if (now.equals(seen)) {
        return;
      }
      seen = now;
      X509Certificate next = now.verified(vertx);
      var unused =
          server
              .updateSSLOptions(options(now))
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      certificate = next;
      log.info("Took over a certificate that is valid until {}", next.getNotAfter().toInstant());
      count("success");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | ExecutionException | TimeoutException e) {
      log.warn("Keeping the certificate as it was: {}", e.getMessage());
      count("failure");
    }
  }

  private ServerSSLOptions options(TlsFiles files) {
    ServerSSLOptions options =
        new ServerSSLOptions()
            .setUseAlpn(false)
            .setSslHandshakeTimeout(handshake.toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setKeyCertOptions(files.keyAndCertificate())
            .setClientAuth(clientAuth());
    files.trust().ifPresent(options::setTrustOptions);
    return options;
  }

  private void count(String result) {
    Counter.builder("alertcap.http.reloads")
        .description("Files of the front that changed, and whether they were taken over")
        .tag("file", "certificate")
        .tag("result", result)
        .register(meters)
        .increment();
  }
}
