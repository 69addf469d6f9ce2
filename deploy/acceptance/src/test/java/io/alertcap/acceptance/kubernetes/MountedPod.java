package io.alertcap.acceptance.kubernetes;

import io.alertcap.foundation.config.ConfigurationSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a pod's container finds on its file system and in its environment, under a directory. */
final class MountedPod {

  private static final String NODE = "node-1";

  private final Container container;
  private final Manifests cluster;
  private final String namespace;
  private final Path root;
  private final List<String> mountPaths = new ArrayList<>();

  private MountedPod(Container container, Manifests cluster, Path root) {
    this.container = container;
    this.cluster = cluster;
    this.namespace =
        cluster.all().stream()
            .flatMap(object -> Stream.ofNullable(object.getMetadata().getNamespace()))
            .findFirst()
            .orElseThrow();
    this.root = root;
  }

  /** Mounts ConfigMaps with what they hold, and Secrets with the keys that the pod asks for. */
  static MountedPod of(PodTemplateSpec pod, Manifests cluster, Path scratch) {
    Container container = pod.getSpec().getContainers().getFirst();
    MountedPod mounted = new MountedPod(container, cluster, scratch.resolve(container.getName()));
    for (VolumeMount mount : container.getVolumeMounts()) {
      pod.getSpec().getVolumes().stream()
          .filter(volume -> volume.getName().equals(mount.getName()))
          .forEach(volume -> mounted.mount(mount, volume));
    }
    return mounted;
  }

  /** The file that its arguments name, with its environment, as its {@code Main} reads them. */
  ConfigurationSource configuration() {
    List<String> arguments = container.getArgs();
    String file = arguments.get(arguments.indexOf("--config") + 1);
    String yaml = read(root.resolve(file.substring(1)));
    for (String path : mountPaths) {
      yaml = yaml.replace(path, root + path);
    }
    return ConfigurationSource.text(file, yaml).overriddenBy(environment());
  }

  int port(String name) {
    return container.getPorts().stream()
        .filter(port -> port.getName().equals(name))
        .findFirst()
        .map(ContainerPort::getContainerPort)
        .orElseThrow();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (EnvFromSource source : container.getEnvFrom()) {
      environment.putAll(
          cluster.the(ConfigMap.class, source.getConfigMapRef().getName()).getData());
    }
    for (EnvVar variable : container.getEnv()) {
      environment.put(variable.getName(), value(variable));
    }
    return environment;
  }

  /** What the downward API says, or the value, with paths as they are here. */
  private String value(EnvVar variable) {
    if (variable.getValue() == null) {
      String field = variable.getValueFrom().getFieldRef().getFieldPath();
      return field.equals("metadata.namespace") ? namespace : NODE;
    }
    boolean secret = mountPaths.stream().anyMatch(variable.getValue()::startsWith);
    return secret ? root + variable.getValue() : variable.getValue();
  }

  private void mount(VolumeMount mount, Volume volume) {
    Path directory = root.resolve(mount.getMountPath().substring(1));
    if (volume.getConfigMap() != null) {
      cluster
          .the(ConfigMap.class, volume.getConfigMap().getName())
          .getData()
          .forEach((key, text) -> write(directory.resolve(key), text));
    } else if (volume.getSecret() != null) {
      mountPaths.add(mount.getMountPath());
      volume.getSecret().getItems().stream()
          .map(KeyToPath::getPath)
          .forEach(path -> write(directory.resolve(path), "secret=of-a-test"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
