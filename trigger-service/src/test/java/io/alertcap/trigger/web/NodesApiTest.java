package io.alertcap.trigger.web;

import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.trigger.node.KnownNodes;
import io.alertcap.trigger.node.Nodes;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** Of the nodes on which the catalog has pods, {@code node1} has a capturer, and no other. */
class NodesApiTest extends ApiFixture {

  private static final String POD = "coredns-85578f88b8-n2t6g";
  private static final String ORDER =
      "{\"target\":{\"namespace\":\"kube-system\",\"pod\":\"coredns-85578f88b8-p2\"}}";

  @Override
  Nodes nodes() {
    return KnownNodes.of("node1", "node9");
  }

  @Test
  void areListed() throws Exception {
    assertThat(http.get("/api/v1/nodes").body()).contains("\"node1\"", "\"node9\"");
    assertThat(http.get("/api/v1/nodes?node=node9").body())
        .contains("\"node9\"")
        .doesNotContain("\"node1\"");
    assertThat(http.get("/api/v1/nodes?limit=1").body())
        .contains("\"node1\"", "\"next\":\"node1\"")
        .doesNotContain("\"node9\"");
    assertThat(http.get("/api/v1/nodes?limit=1&cursor=node1").body())
        .contains("\"node9\"")
        .doesNotContain("next");
    assertThat(http.get("/api/v1/nodes?limit=0").status()).isEqualTo(400);
    assertThat(http.get("/api/v1/nodes?nodes=x").status()).isEqualTo(400);
  }

  @Test
  void ofATargetOnANodeThatIsThereNothingIsSaid() throws Exception {
    Http.Response answer = http.postAlerts(recorded("single-firing.json"));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).doesNotContain("unknownNodes");
    assertThat(metric("alertcap_captures_unknown_node_total")).isEqualTo("0.0");
  }

  @Test
  void ofATargetOnANodeThatNeverSpokeTheNodeIsNamed() throws Exception {
    String elsewhere = new String(recorded("single-firing.json"), UTF_8);
    Http.Response webhook =
        http.postAlerts(elsewhere.replace(POD, "coredns-85578f88b8-p1").getBytes(UTF_8));
    Http.Response byHand = http.send("POST", "/api/v1/captures", BodyPublishers.ofString(ORDER));

    assertThat(webhook.status()).as(webhook.body()).isEqualTo(202);
    assertThat(webhook.body()).contains("\"unknownNodes\":[\"node2\"]");
    assertThat(byHand.status()).as(byHand.body()).isEqualTo(202);
    assertThat(byHand.body()).contains("\"unknownNodes\":[\"node2\"]");
    assertThat(metric("alertcap_captures_unknown_node_total")).isEqualTo("2.0");
  }
}
