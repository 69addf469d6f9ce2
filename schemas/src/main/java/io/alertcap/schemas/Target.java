package io.alertcap.schemas;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose packets: a pod on a node, and the way into its network namespace. That way is one of
 * container ID, PID and netns; the latter two come from static catalogs only. Where there is none
 * of them, it is the pod of this UID, by whatever runs in it; a hostNetwork target may have no UID
 * either, for the node itself.
 *
 * @param namespace Kubernetes namespace
 * @param pod name
 * @param podUid UID as the node knows it, where the catalog knows it
 * @param podIp IPv4 or IPv6 address, where the catalog knows it
 * @param node name of the node, which is also the key of the command
 * @param container name of the container whose process leads into the namespace
 * @param containerId as Kubernetes writes it, {@code containerd://} and 64 hexadecimal digits
 * @param pid process on the node, in the node's PID namespace
 * @param netns absolute path of a network namespace on the node, {@code /run/netns/blue}
 * @param hostNetwork whether the pod shares the node's network namespace
 */
public record Target(
    String namespace,
    String pod,
    Optional<String> podUid,
    Optional<String> podIp,
    String node,
    Optional<String> container,
    Optional<String> containerId,
    Optional<Long> pid,
    Optional<String> netns,
    boolean hostNetwork) {

  private static final Pattern UID = Pattern.compile("[0-9a-zA-Z-]{1,64}");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");
  private static final Pattern CONTAINER_ID =
      Pattern.compile("[a-z][-a-z0-9.]{0,31}://[0-9a-f]{64}");
  private static final Pattern NETNS =
      Pattern.compile("(?!.*/\\.\\.?(/|$))(/[-A-Za-z0-9_.]{1,255}){1,16}");

  /** {@code PID_MAX_LIMIT} on 64-bit kernels (include/linux/threads.h). */
  private static final long PID_MAX = 1L << 22;

  public Target {
    Constraints.matching(namespace, Constraints.DNS_LABEL, "namespace", "a DNS label");
    Constraints.matching(pod, Constraints.DNS_SUBDOMAIN, "pod", "a DNS subdomain");
    Constraints.matching(node, Constraints.DNS_SUBDOMAIN, "node", "a DNS subdomain");
    podUid = check(podUid, UID, "podUid", "a UID");
    podIp = check(podIp, IP_ADDRESS, "podIp", "an IP address");
    container = check(container, Constraints.DNS_LABEL, "container", "a DNS label");
    containerId =
        check(
            containerId,
            CONTAINER_ID,
            "containerId",
            "like containerd:// and 64 hexadecimal digits");
    pid = Constraints.optional(pid);
    pid.ifPresent(value -> Constraints.within(value, 1, PID_MAX, "pid"));
    netns = check(netns, NETNS, "netns", "an absolute path without '..'");
    long ways = Stream.of(containerId, pid, netns).filter(Optional::isPresent).count();
    if (ways > 1 || (ways == 0 && podUid.isEmpty() && !hostNetwork)) {
      throw new InvalidField(
          "containerId", "or pid or netns, and only one of them, or podUid must be given");
    }
  }

  private static Optional<String> check(
      Optional<String> value, Pattern pattern, String field, String expected) {
    Optional<String> given = Constraints.optional(value);
    given.ifPresent(text -> Constraints.matching(text, pattern, field, expected));
    return given;
  }
}
