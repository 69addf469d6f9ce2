package io.alertcap.foundation.policy;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The namespaces whose pods are not captured, as both services read them from {@code policy}:
 * {@code deniedNamespaces} and, unless {@code captureOwnNamespace} says otherwise, the one in which
 * alertcap itself runs. Its requests carry tokens and the signatures of the bucket.
 */
public final class DeniedNamespaces {

  /** Where Kubernetes writes a pod's namespace. */
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  private DeniedNamespaces() {}

  public static Setting<List<NamespacePattern>> from(Section policy) {
    return from(policy, SERVICE_ACCOUNT);
  }

  /**
   * @param ownNamespace the file that names it, where the configuration does not
   */
  static Setting<List<NamespacePattern>> from(Section policy, Path ownNamespace) {
    Setting<List<NamespacePattern>> denied =
        policy.list("deniedNamespaces", NamespacePattern::new).orElse(List.of());
    Setting<Optional<NamespacePattern>> own =
        policy.text("ownNamespace").<NamespacePattern>as(NamespacePattern::new).optional();
    Setting<Boolean> captured = policy.bool("captureOwnNamespace").orElse(false);
    return policy.build(() -> {
      List<NamespacePattern> all = new ArrayList<>(denied.get());
      if (!captured.get()) {
        own.get().or(() -> written(ownNamespace)).ifPresent(all::add);
      }
      return List.copyOf(all);
    });
  }

  /** Nothing outside of Kubernetes, and for a pod without a token. */
  private static Optional<NamespacePattern> written(Path file) {
    try {
      return Files.isReadable(file)
          ? Optional.of(new NamespacePattern(Files.readString(file).strip()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
