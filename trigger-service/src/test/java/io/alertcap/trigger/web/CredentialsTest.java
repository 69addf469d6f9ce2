package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may do what with a token or a password. */
@Timeout(30)
class CredentialsTest extends FrontDoorFixture {

  @Test
  void asksWhoIsCalling() throws Exception {
    try (Http http = plain(auth)) {
      Http.Response response = http.get("/read");

      assertThat(response.status()).isEqualTo(401);
      assertThat(response.header("www-authenticate"))
          .isEqualTo("Bearer realm=\"alertcap\", Basic realm=\"alertcap\", charset=\"UTF-8\"");
      assertThat(response.as(Problem.class).detail()).isEqualTo("This needs credentials");
      assertThat(http.get("/open").body()).isEqualTo("open");
    }
  }

  @Test
  void letsEachInForWhatTheyMay() throws Exception {
    try (Http http = plain(auth)) {
      assertThat(send(http, "GET", "/read", basic(PASSWORD)).status()).isEqualTo(200);
      assertThat(send(http, "POST", "/alerts", "Bearer " + TOKEN).body())
          .isEqualTo("Optional[alertmanager]");

      Http.Response forbidden = send(http, "GET", "/read", "Bearer " + TOKEN);
      assertThat(forbidden.status()).isEqualTo(403);
      assertThat(forbidden.as(Problem.class).detail())
          .isEqualTo("alertmanager lacks the scope 'read'");
      assertThat(send(http, "POST", "/alerts", basic(PASSWORD)).status()).isEqualTo(403);
    }
  }

  @Test
  void tellsNothingAboutWhatIsWrong() throws Exception {
    try (Http http = plain(auth)) {
      String wrongToken = send(http, "POST", "/alerts", "Bearer " + TOKEN + "x").body();

      assertThat(wrongToken).contains("\"status\":401").doesNotContain(TOKEN);
      assertThat(send(http, "POST", "/alerts", basic("wrong")).body()).isEqualTo(wrongToken);
      assertThat(send(http, "POST", "/alerts", "Nonsense").body()).isEqualTo(wrongToken);
      assertThat(meters.getMetersAsString()).doesNotContain(TOKEN).doesNotContain(PASSWORD);
    }
  }

  @Test
  void readsNoBodyOfSomebodyUnknown() throws Exception {
    try (Http http = plain(auth)) {
      Http.Response response =
          http.send("POST", "/alerts", BodyPublishers.ofByteArray(new byte[500]));

      assertThat(response.status()).isEqualTo(401);
    }
  }

  @Test
  void takesOverNewCredentials() throws Exception {
    try (Http http = plain(auth)) {
      Files.writeString(directory.resolve("token"), "another token of it");

      await()
          .untilAsserted(() ->
              assertThat(send(http, "POST", "/alerts", "Bearer " + TOKEN).status()).isEqualTo(401));
      assertThat(send(http, "POST", "/alerts", "Bearer another token of it").status())
          .isEqualTo(200);
    }
  }
}
