package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alertcap.trigger.access.AuthSettings;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS, and clients that are known by their certificates. */
@Timeout(30)
class FrontDoorTest extends FrontDoorFixture {

  @Test
  void speaksTls() throws Exception {
    try (Http http = secure(new AuthSettings.Open(), certificates.trusting())) {
      assertThat(http.get("/read").status()).isEqualTo(200);
      assertThat(meters.get("alertcap.http.certificate.expiry").gauge().value())
          .isGreaterThan(Clock.systemUTC().millis() / 1000.0);
    }
    try (Http plain = Http.undescribed(URI.create("http://127.0.0.1:" + port()))) {
      assertThatThrownBy(() -> plain.get("/open")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void knowsClientsByTheirCertificates() throws Exception {
    try (Http reader = secure(auth, certificates.showing(certificates.client("reader")))) {
      assertThat(reader.get("/read").status()).isEqualTo(200);
      assertThat(reader.send("POST", "/alerts", BodyPublishers.noBody()).status()).isEqualTo(403);
    }
    try (Http other = client(certificates.showing(certificates.client("somebody")))) {
      assertThat(other.get("/read").status()).isEqualTo(401);
    }
    try (Http without = client(certificates.trusting())) {
      assertThat(without.get("/read").status()).isEqualTo(401);
      assertThat(send(without, "GET", "/read", basic(PASSWORD)).status()).isEqualTo(200);
    }
  }

  @Test
  void refusesWithoutAChallengeWhereOnlyACertificateHelps() throws Exception {
    AuthSettings onlyCertificates =
        new AuthSettings.Required(List.of(), List.of(), auth.clientCertificates());
    try (Http http = secure(onlyCertificates, certificates.trusting())) {
      assertThat(http.get("/read").status()).isEqualTo(403);
    }
  }

  @Test
  void refusesCertificatesOfNoUse() throws Exception {
    try (Http expired = secure(auth, certificates.showing(certificates.expiredClient("reader")))) {
      assertThatThrownBy(() -> expired.get("/read")).isInstanceOf(IOException.class);
    }
    X509Bundle ofAnotherAuthority = new Certificates().client("reader");
    try (Http stranger = client(certificates.showing(ofAnotherAuthority))) {
      assertThatThrownBy(() -> stranger.get("/read")).isInstanceOf(IOException.class);
    }
    assertThat(meters.get("alertcap.http.handshakes.failed").counter().count()).isPositive();
  }

  @Test
  void insistsOnACertificateWhereTold() throws Exception {
    tls = tls(true);
    try (Http without = secure(new AuthSettings.Open(), certificates.trusting())) {
      assertThatThrownBy(() -> without.get("/open")).isInstanceOf(IOException.class);
    }
    try (Http with = client(certificates.showing(certificates.client("anybody")))) {
      assertThat(with.get("/open").status()).isEqualTo(200);
    }
  }

  @Test
  void takesOverANewCertificateOnceItsKeyFits() throws Exception {
    try (Http before = secure(new AuthSettings.Open(), certificates.trusting())) {
      assertThat(before.get("/open").status()).isEqualTo(200);
      X509Bundle next = certificates.server("second");

      Files.writeString(tls.certificate(), next.getCertificatePathPEM());
      await().until(() -> reloads("failure") == 1);
      assertThat(servedName()).isEqualTo("CN=first");

      Files.writeString(tls.key(), next.getPrivateKeyPEM());
      await().until(() -> reloads("success") == 1);
      assertThat(servedName()).isEqualTo("CN=second");
      assertThat(before.get("/open").status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotStartWithAKeyOfAnotherCertificate() throws Exception {
    Files.writeString(tls.key(), certificates.server("other").getPrivateKeyPEM());

    assertThatThrownBy(() -> open(new AuthSettings.Open(), Optional.of(tls)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http.tls.keyFile");

    Files.writeString(tls.key(), "no PEM at all");
    assertThatThrownBy(() -> open(new AuthSettings.Open(), Optional.of(tls)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http.tls")
        .hasMessageNotContaining("no PEM at all");
  }
}
