package io.alertcap.trigger;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.trigger.docker.DockerSettings;
import io.alertcap.trigger.kubernetes.KubernetesSettings;
import io.alertcap.trigger.target.StaticCatalog;
import java.nio.file.Path;

/** Where a trigger service knows pods from: {@code catalog}. */
public sealed interface CatalogConfig {

  /**
   * From a file.
   *
   * @param pods as read from it
   */
  record Static(StaticCatalog pods) implements CatalogConfig {}

  /** From the API server of a cluster. */
  record Kubernetes(KubernetesSettings settings) implements CatalogConfig {}

  /** From the Docker engine of this host. */
  record Docker(DockerSettings settings) implements CatalogConfig {}

  /** The values of {@code catalog.type}. */
  enum Type {
    STATIC,
    KUBERNETES,
    DOCKER
  }

  /** Reads the section {@code catalog}, whose other keys depend on its type. */
  static Setting<CatalogConfig> from(Section catalog) {
    Setting<Type> type = catalog.oneOf("type", Type.class).required();
    return catalog.build(() ->
        switch (type.get()) {
          case STATIC -> staticCatalog(catalog).get();
          case KUBERNETES -> new Kubernetes(KubernetesSettings.from(catalog).get());
          case DOCKER -> new Docker(DockerSettings.from(catalog).get());
        });
  }

  private static Setting<CatalogConfig> staticCatalog(Section catalog) {
    Setting<StaticCatalog> pods =
        catalog.path("file").<StaticCatalog>as(CatalogConfig::read).required();
    return catalog.build(() -> new Static(pods.get()));
  }

  private static StaticCatalog read(Path file) {
    try {
      return StaticCatalog.read(ConfigurationSource.file(file));
    } catch (InvalidConfiguration e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
