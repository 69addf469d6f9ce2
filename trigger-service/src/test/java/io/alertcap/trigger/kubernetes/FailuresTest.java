package io.alertcap.trigger.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.schemas.InvalidField;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told: what to change, and no secret. */
final class FailuresTest {

  @TempDir Path directory;

  @Test
  void saysWhatToChange() {
    assertThat(Failures.sentence(answer(401, "Unauthorized")))
        .startsWith("the API server answered 401: Unauthorized; ")
        .contains("catalog.kubeconfig");
    assertThat(Failures.sentence(answer(403, "pods is forbidden")))
        .isEqualTo(
            "the API server answered 403: pods is forbidden;"
                + " bind the ClusterRole alertcap-trigger to that user");
    assertThat(Failures.sentence(answer(500, "no"))).isEqualTo("the API server answered 500: no");
  }

  @Test
  void saysWhatKeepsItFromTheServer() {
    Throwable refused = new ConnectException().initCause(new ClosedChannelException());
    Throwable unknown = new ConnectException().initCause(new UnresolvedAddressException());

    assertThat(Failures.sentence(new KubernetesClientException("list", new IOException(refused))))
        .isEqualTo("nothing takes connections at the address of the API server");
    assertThat(Failures.sentence(new KubernetesClientException("list", new IOException(unknown))))
        .isEqualTo("the name of the API server cannot be resolved");
  }

  @Test
  void doesNotCiteAToken() {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1"));

    assertThatThrownBy(() -> request.header("Authorization", "Bearer a-secret\n"))
        .extracting(Failures::sentence)
        .asString()
        .contains("cannot be sent")
        .doesNotContain("a-secret");
  }

  @Test
  void doesNotStartWithATokenThatCannotBeSent() throws IOException {
    Path kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: lab
            clusters: [{ name: lab, cluster: { server: "http://127.0.0.1" } }]
            contexts: [{ name: lab, context: { cluster: lab, user: me } }]
            users: [{ name: me, user: { token: "a-secret\\n" } }]
            """);
    KubernetesSettings settings =
        new KubernetesSettings(Optional.of(kubeconfig), Optional.empty(), List.of(), false);

    assertThatThrownBy(settings::config)
        .isInstanceOf(InvalidField.class)
        .hasMessageContaining("more than one line")
        .hasMessageNotContaining("a-secret");
  }

  private static KubernetesClientException answer(int code, String message) {
    return new KubernetesClientException(
        new StatusBuilder().withCode(code).withMessage(message).build());
  }
}
