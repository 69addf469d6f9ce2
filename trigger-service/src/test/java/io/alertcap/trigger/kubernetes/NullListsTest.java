package io.alertcap.trigger.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** Lists that are null on the wire: one object of these must not cost the whole catalog. */
final class NullListsTest {

  private final KubernetesSerialization json = new KubernetesSerialization();

  /** Word for word what a server of version 1.36 says of a service without endpoints. */
  @Test
  void aSliceWithoutEndpoints() {
    EndpointIndex.Slice slice =
        EndpointIndex.read(
            json.unmarshal(
                """
                { "addressType": "IPv4", "apiVersion": "discovery.k8s.io/v1", "endpoints": null,
                  "kind": "EndpointSlice", "ports": null,
                  "metadata": { "name": "web-85kdz", "namespace": "shop",
                    "labels": { "kubernetes.io/service-name": "web" } } }
                """,
                EndpointSlice.class));

    assertThat(slice.service()).contains(new Name("shop", "web"));
    assertThat(slice.pods()).isEmpty();
    assertThat(slice.addresses()).isEmpty();
  }

  @Test
  void anEndpointWithoutAddresses() {
    EndpointIndex.Slice slice =
        EndpointIndex.read(
            json.unmarshal(
                """
                { "metadata": { "name": "web-85kdz", "namespace": "shop" },
                  "endpoints": [ { "addresses": null } ] }
                """,
                EndpointSlice.class));

    assertThat(slice.addresses()).isEmpty();
  }

  @Test
  void aPodWithoutStatuses() {
    PodEntry pod =
        PodReader.read(
            json.unmarshal(
                """
                { "metadata": { "name": "web-0", "namespace": "shop", "uid": "u",
                    "ownerReferences": null },
                  "spec": { "nodeName": "worker-1" },
                  "status": { "phase": "Pending", "podIPs": null, "containerStatuses": null,
                    "initContainerStatuses": null, "ephemeralContainerStatuses": null } }
                """,
                Pod.class));

    assertThat(pod.running()).isEmpty();
    assertThat(pod.absence()).contains("has no running container");
  }

  @Test
  void aNodeWithoutAddressesAndAServiceWithoutOwn() {
    Node node =
        json.unmarshal(
            """
            { "metadata": { "name": "worker-1" }, "status": { "addresses": null } }
            """,
            Node.class);
    Service service =
        json.unmarshal(
            """
            { "metadata": { "name": "web", "namespace": "shop" }, "spec": { "clusterIPs": null } }
            """,
            Service.class);

    assertThat(NodeIndex.read(node).names()).containsExactly("worker-1");
    assertThat(ServiceIndex.read(service).addresses()).isEmpty();
  }
}
