package io.alertcap.acceptance.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Manifests as the API server would read them with strict validation of fields. */
record Manifests(List<HasMetadata> all) {

  /** Everything that is shipped is one of these: what is not here was not meant. */
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Stream.of(
              ClusterRole.class,
              ClusterRoleBinding.class,
              ConfigMap.class,
              DaemonSet.class,
              Deployment.class,
              Namespace.class,
              NetworkPolicy.class,
              PodDisruptionBudget.class,
              PodMonitor.class,
              PriorityClass.class,
              PrometheusRule.class,
              Secret.class,
              Service.class,
              ServiceAccount.class,
              StatefulSet.class)
          .collect(
              Collectors.toMap(
                  kind -> HasMetadata.getApiVersion(kind) + " " + HasMetadata.getKind(kind),
                  Function.identity()));

  private static final YAMLMapper STRICT =
      YAMLMapper.builder()
          .annotationIntrospector(new NoAnySetters())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Reads the models by their fields alone. */
  private static final class NoAnySetters extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    /** The models keep fields that they do not know; without that, such a field is an error. */
    @Override
    public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
      return false;
    }

    /** Those of the operator say in Jackson 2's terms that they want no reader of their own. */
    @Override
    public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
      boolean operators =
          annotated.getRawType().getPackageName().equals(PodMonitor.class.getPackageName())
              && annotated instanceof AnnotatedClass;
      return operators ? null : super.findDeserializer(config, annotated);
    }
  }

  /** Reads a stream of documents; a field or kind that nobody knows is an exception. */
  static Manifests parse(String yaml) {
    List<HasMetadata> all = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = STRICT.readerFor(JsonNode.class).readValues(yaml)) {
      documents.forEachRemaining(document -> all.add(resource(document)));
    }
    return new Manifests(List.copyOf(all));
  }

  private static HasMetadata resource(JsonNode document) {
    String kind =
        document.path("apiVersion").asString("") + " " + document.path("kind").asString("");
    Class<? extends HasMetadata> model = KINDS.get(kind);
    if (model == null) {
      throw new IllegalArgumentException("\"" + kind + "\" is none of " + KINDS.keySet());
    }
    return STRICT.treeToValue(document, model);
  }

  /** All of a kind. */
  <T extends HasMetadata> List<T> of(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The one of a kind whose name begins so, as the generated ones' names end in a digest. */
  <T extends HasMetadata> T the(Class<T> kind, String name) {
    List<T> named =
        of(kind).stream().filter(it -> it.getMetadata().getName().startsWith(name)).toList();
    if (named.size() != 1) {
      throw new IllegalArgumentException(named.size() + " of " + kind + " are called " + name);
    }
    return named.getFirst();
  }
}
