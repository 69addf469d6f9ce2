package io.alertcap.capturer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodePolicyTest {

  private final CaptureRequest ordinary = Requests.forContainer("a");

  @Test
  void theStandardLetsAnOrdinaryPodBeCaptured() {
    assertThat(NodePolicy.STANDARD.objection(ordinary)).isEmpty();
    assertThat(policy("")).isEqualTo(NodePolicy.STANDARD);
  }

  @Test
  void deniedWinsOverAllowed() {
    Failure failure =
        policy("{allowedNamespaces: ['*'], deniedNamespaces: ['kube-*']}")
            .objection(ordinary)
            .orElseThrow();

    assertThat(failure.code()).isEqualTo(FailureCode.POLICY_DENIED);
    assertThat(failure.message()).contains("policy.deniedNamespaces", "kube-system");
  }

  @Test
  void whatIsNotAllowedIsDenied() {
    assertThat(policy("{allowedNamespaces: [team-a, 'team-b*']}").objection(ordinary))
        .get()
        .extracting(Failure::message)
        .asString()
        .contains("policy.allowedNamespaces");
    assertThat(policy("{allowedNamespaces: ['kube-*']}").objection(ordinary)).isEmpty();
  }

  @Test
  void theNodesNetworkAndBarePidsHaveToBeAllowed() {
    CaptureRequest pid = Requests.forThisProcess("a");

    assertThat(code(NodePolicy.STANDARD, pid)).contains(FailureCode.HOST_NETWORK_DENIED);
    assertThat(code(policy("{allowHostNetwork: true}"), pid)).contains(FailureCode.POLICY_DENIED);
    assertThat(code(policy("{allowHostNetwork: true, allowPid: true}"), pid)).isEmpty();
  }

  @Test
  void limitsNameThemselves() {
    NodePolicy policy = policy("{maxDuration: 10s, maxFileSize: 1MiB}");

    assertThat(message(policy, spec(Duration.ofSeconds(11), DataSize.ofKibibytes(4))))
        .contains("policy.maxDuration", "10s");
    assertThat(message(policy, spec(Duration.ofSeconds(10), DataSize.ofMebibytes(2))))
        .contains("policy.maxFileSize", "1MiB");
    assertThat(policy.objection(spec(Duration.ofSeconds(10), DataSize.ofMebibytes(1)))).isEmpty();
  }

  @Test
  void everyMistakeIsNamed() {
    assertThatThrownBy(() ->
            policy("{allowedNamespaces: ['a/b'], maxConcurrent: 0, netnsDirectories: [run/netns]}"))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("policy.allowedNamespaces[0]")
        .hasMessageContaining("policy.maxConcurrent")
        .hasMessageContaining("policy.netnsDirectories[0]");
  }

  private static NodePolicy policy(String yaml) {
    return ConfigurationSource.text("test", "policy: " + yaml)
        .read(file -> NodePolicy.from(file.section("policy")))
        .settings();
  }

  private CaptureRequest spec(Duration duration, DataSize maxBytes) {
    return Requests.with(ordinary, new CaptureSpec("udp", "auto", duration, maxBytes, 0, 262_144));
  }

  private static Optional<FailureCode> code(NodePolicy policy, CaptureRequest request) {
    return policy.objection(request).map(Failure::code);
  }

  private static String message(NodePolicy policy, CaptureRequest request) {
    return policy.objection(request).orElseThrow().message();
  }
}
