package io.alertcap.trigger.target;

import io.alertcap.foundation.config.ConfigurationSource;

/** Static catalogs for tests. */
public final class Catalogs {

  /** Three pods of CoreDNS on two nodes, two of a shop, and two that share their node's network. */
  public static final String CLUSTER =
      """
      - { namespace: kube-system, pod: coredns-85578f88b8-n2t6g, node: node1, podIp: 172.20.1.195,
          labels: { k8s-app: kube-dns }, containers: [{ name: coredns, containerId: ID1 }] }
      - { namespace: kube-system, pod: coredns-85578f88b8-p1, node: node2, podIp: 172.20.2.91,
          labels: { k8s-app: kube-dns }, containers: [{ name: coredns, containerId: ID2 }] }
      - { namespace: kube-system, pod: coredns-85578f88b8-p2, node: node2, podIp: 172.20.2.92,
          labels: { k8s-app: kube-dns }, containers: [{ name: coredns, containerId: ID3 }] }
      - { namespace: shop, pod: web-0, node: node1, podIp: "fd00::7",
          containers: [{ name: web, netns: /run/netns/web }] }
      - { namespace: shop, pod: web-1, node: node2, containers: [{ pid: 4711 }, { pid: 4712 }] }
      - { namespace: kube-system, pod: proxy-a, node: node1, podIp: 10.0.0.1, hostNetwork: true,
          labels: { app: proxy } }
      - { namespace: kube-system, pod: proxy-b, node: node1, podIp: 10.0.0.1, hostNetwork: true,
          labels: { app: proxy } }
      """
          .replace("ID1", "containerd://" + "1".repeat(64))
          .replace("ID2", "containerd://" + "2".repeat(64))
          .replace("ID3", "containerd://" + "3".repeat(64));

  private Catalogs() {}

  /** The catalog of {@link #CLUSTER}. */
  public static StaticCatalog cluster() {
    return StaticCatalog.read(ConfigurationSource.text("targets.yaml", CLUSTER));
  }
}
