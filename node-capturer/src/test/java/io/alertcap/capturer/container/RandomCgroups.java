package io.alertcap.capturer.container;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cgroups as runtimes make them, and as somebody would who wants to be mistaken for one. */
final class RandomCgroups {

  private static final List<String> PREFIXES =
      List.of("", "cri-containerd-", "crio-", "docker-", "libpod-", "kubepods-podx.slice:runc:");
  private static final List<String> PARENTS =
      List.of(
          "kubepods/burstable",
          "kubepods/besteffort",
          "kubepods",
          "kubepods.slice/kubepods-burstable.slice",
          "kubelet.slice/kubelet-kubepods.slice",
          "system.slice/kind.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-x.slice",
          "machine.slice",
          "custom/root of cgroups/kubepods");
  private static final List<String> ODD_NAMES =
      List.of(
          "...",
          " ",
          "-",
          ":",
          ".scope",
          "a b",
          "0::",
          "pod",
          "kubepods.slice",
          "b\u00fcrde",
          "\u202egro",
          "(deleted)",
          "$(id)",
          "%s%n",
          "\\n",
          "memory",
          "cgroup",
          "x".repeat(255));
  private static final List<String> SCHEMES =
      List.of("", "containerd://", "cri-o://", "docker://", "rkt://", "CONTAINERD://", "../", " ");

  private final Random random;

  RandomCgroups(long seed) {
    this.random = new Random(seed);
  }

  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  ContainerId id() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new ContainerId(HexFormat.of().formatHex(bytes));
  }

  /** How one runtime names containers' cgroups: everything but the ID. */
  Naming naming() {
    String prefix = oneOf(PREFIXES);
    boolean isScope = prefix.endsWith("-") || (prefix.isEmpty() && random.nextInt(8) == 0);
    return new Naming(prefix, isScope ? ".scope" : "");
  }

  record Naming(String prefix, String suffix) {
    String of(ContainerId container) {
      return prefix + container + suffix;
    }
  }

  /** Where a kubelet or a runtime keeps pods. */
  String parent() {
    return oneOf(PARENTS);
  }

  /** A name that carries a container's ID, or nearly does, and is not the container's cgroup. */
  String impostor(ContainerId container) {
    String id = container.hex();
    return this.<Supplier<String>>oneOf(
            List.of(
                () -> id.substring(random.nextInt(1, 63)),
                () -> id.substring(0, random.nextInt(1, 63)),
                () -> id + oneOf(List.of("0", "-", ".slice", ".scope.scope", ".mount", " ", ":")),
                () -> oneOf(List.of("a", "x_", "pod", "cri-containerd", ".", " ")) + id,
                () -> "crio-conmon-" + id + ".scope",
                () -> "libpod-conmon-" + id + ".scope",
                () -> "kata_" + id,
                () -> "kata_overhead-" + id,
                () -> id.replaceFirst("[0-9a-f]", "g"),
                () -> "cri-containerd-" + id() + ".scope"))
        .get();
  }

  /** A name that nothing in Kubernetes would give. */
  String oddName() {
    return random.nextInt(4) == 0
        ? random
            .ints(random.nextInt(1, 40), 1, 0x250)
            .mapToObj(Character::toString)
            .filter(character -> !character.equals("/") && !character.equals("\n"))
            .collect(Collectors.joining("", "x", ""))
        : oneOf(ODD_NAMES);
  }

  /** An odd name that a file can have, whatever the locale of this JVM. */
  String oddFileName() {
    return oddName().replaceAll("[^\\x20-\\x7e]", "_");
  }

  /** What somebody may send as a container's ID. */
  String idText() {
    String text = oneOf(SCHEMES) + oneOf(List.of(id().hex(), impostor(id()), oddName(), ""));
    return switch (random.nextInt(8)) {
      case 0 -> text.toUpperCase(Locale.ROOT);
      case 1 -> text + oneOf(List.of("\n", "\0", "/..", "'; id", "\u0660"));
      case 2 -> text.repeat(random.nextInt(1, 2000));
      default -> text;
    };
  }

  /** The path that {@code names} make up, each some levels below the one before. */
  String path(String... names) {
    return Stream.of(names)
        .flatMap(name -> random.nextInt(3) == 0 ? Stream.of(oddName(), name) : Stream.of(name))
        .collect(Collectors.joining("/", "/", ""));
  }
}
