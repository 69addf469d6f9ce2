package io.alertcap.trigger.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.schemas.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TriggerPolicyTest {

  @Test
  void allowsEverythingWhereItSaysNothing() {
    assertThat(policy("").objection(in("kube-system"))).isEmpty();
  }

  @Test
  void deniesEvenWhatIsAllowed() {
    TriggerPolicy policy =
        policy("{ allowedNamespaces: [kube-system, 'team-*'], deniedNamespaces: ['*-secret'] }");

    assertThat(policy.objection(in("team-a"))).isEmpty();
    assertThat(policy.objection(in("team-secret")))
        .contains("policy.deniedNamespaces has *-secret");
    assertThat(policy.objection(in("default")))
        .contains("policy.allowedNamespaces does not have default");
  }

  @Test
  void anEmptyListAllowsNothing() {
    assertThat(policy("{ allowedNamespaces: [] }").objection(in("default"))).isPresent();
  }

  @Test
  void refusesWhatIsNoNamespace() {
    assertThat(
            catchThrowableOfType(
                    InvalidConfiguration.class, () -> policy("{ deniedNamespaces: [Team, 'a?'] }"))
                .problems())
        .containsExactly(
            "config.yaml:1: policy.deniedNamespaces[0]: must be the name of a namespace, in which"
                + " * may stand",
            "config.yaml:1: policy.deniedNamespaces[1]: must be the name of a namespace, in which"
                + " * may stand");
  }

  private static TriggerPolicy policy(String section) {
    return ConfigurationSource.text("config.yaml", "policy: " + section)
        .read(root -> TriggerPolicy.from(root.section("policy")))
        .settings();
  }

  private static Target in(String namespace) {
    return new Target(
        namespace,
        "pod",
        Optional.empty(),
        Optional.empty(),
        "node1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }
}
