package io.alertcap.capturer.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodLogsTest {

  private static final String UID = "0d5b8bbf-8c83-4f5b-a6a4-0a1c6f8c7a11";
  private static final String HASH = "8b3f1c5f2b4c54f0a4b9a3c9a2f1d0e7";

  @TempDir Path directory;

  @Test
  void namesAPodByItsDirectory() throws IOException {
    make("shop_web-0_" + UID);
    make("kube-system_etcd-node1_" + HASH);
    PodLogs pods = new PodLogs(directory);

    assertThat(pods.named(UID)).contains(new PodName("shop", "web-0"));
    assertThat(pods.named(HASH)).contains(new PodName("kube-system", "etcd-node1"));
    assertThat(pods.problem()).isEmpty();
  }

  @Test
  void namesNoneWhereTheDirectoriesDoNotTell() throws IOException {
    make("shop_web-0_" + UID);
    make("bank_ledger-0_" + UID);
    make("shop_web_1_" + HASH);
    Files.createFile(directory.resolve("shop_file_4711"));
    Files.createSymbolicLink(directory.resolve("shop_link_4712"), directory);
    PodLogs pods = new PodLogs(directory);

    assertThat(pods.named(UID)).as("two pods of one UID").isEmpty();
    assertThat(pods.named(HASH)).as("four parts").isEmpty();
    assertThat(pods.named("4711")).as("a file").isEmpty();
    assertThat(pods.named("4712")).as("a link").isEmpty();
    assertThat(pods.named("a6a4-0a1c6f8c7a11")).as("the end of a UID").isEmpty();
    assertThat(pods.named("web-0_" + UID)).as("more than a UID").isEmpty();
  }

  @Test
  void saysThatThereAreNoNamesHere() {
    PodLogs pods = new PodLogs(directory.resolve("missing"));

    assertThat(pods.named(UID)).isEmpty();
    assertThat(pods.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("node.podLogsRoot"));
  }

  @ParameterizedTest
  @CsvSource({
    "/kubepods/burstable/pod1-2/abc, 1-2",
    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-a.scope, 1-2",
    "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod1_2.slice/crio-a.scope, 1-2",
    "/../../kubepods-besteffort-pod1_2.slice/cri-containerd-a.scope, 1-2",
    "/docker/abc/kubelet/kubepods/pod1-2/def, 1-2",
    "/kubepods/pod1-2/abc/kubepods/pod3-4/def, 1-2",
    "/system.slice/kubepods-burstable-pod1_2.slice:cri-containerd:a, 1-2",
    "/docker/abc, ",
    "/system.slice/podman-4711.scope, ",
    "/, "
  })
  void thePodOfACgroupIsTheOneThatTheKubeletMade(String path, String uid) {
    assertThat(CgroupName.podUidOf(path).orElse(null)).isEqualTo(uid);
  }

  private void make(String name) throws IOException {
    Files.createDirectory(directory.resolve(name));
  }
}
