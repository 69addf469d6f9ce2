package io.alertcap.trigger.kubernetes;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.InvalidField;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which cluster, and what of it.
 *
 * @param kubeconfig the pod's service account where there is none, or what kubectl would use
 * @param context of the kubeconfig; its current one if absent
 * @param namespaces whose pods and services are known; all where none is named
 * @param events whether the pods that are captured get events that say so
 */
public record KubernetesSettings(
    Optional<Path> kubeconfig, Optional<String> context, List<String> namespaces, boolean events) {

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  public KubernetesSettings {
    namespaces = List.copyOf(namespaces).stream().distinct().sorted().toList();
    if (!namespaces.stream().allMatch(name -> DNS_LABEL.matcher(name).matches())) {
      throw new InvalidField("namespaces", "must be names of namespaces, without patterns");
    }
    if (context.isPresent() && kubeconfig.isEmpty()) {
      throw new InvalidField("context", "is one of a kubeconfig, which is not given");
    }
  }

  /** Reads the section {@code catalog} of {@code type: kubernetes}. */
  public static Setting<KubernetesSettings> from(Section catalog) {
    Setting<Optional<Path>> kubeconfig =
        catalog
            .path("kubeconfig")
            .check(Files::isReadable, "is no file that can be read")
            .optional();
    Setting<Optional<String>> context = catalog.text("context").optional();
    Setting<List<String>> namespaces = catalog.texts("namespaces").orElse(List.of());
    Setting<Boolean> events = catalog.bool("events").orElse(true);
    return catalog.build(() -> {
      KubernetesSettings settings =
          new KubernetesSettings(kubeconfig.get(), context.get(), namespaces.get(), events.get());
      settings.config();
      return settings;
    });
  }

  /** How to reach the API server. */
  Config config() {
    Config config = read();
    if (Stream.of(config.getOauthToken(), config.getAutoOAuthToken())
        .filter(Objects::nonNull)
        .flatMapToInt(String::chars)
        .anyMatch(Character::isISOControl)) {
      throw new InvalidField("kubeconfig", "has a token that is more than one line");
    }
    return config;
  }

  private Config read() {
    try {
      return kubeconfig
          .map(file -> Config.fromKubeconfig(context.orElse(null), file.toFile()))
          .orElseGet(() -> Config.autoConfigure(null));
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new InvalidField("kubeconfig", "cannot be used: " + Failures.sentence(e));
    }
  }
}
