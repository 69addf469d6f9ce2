package io.alertcap.trigger.target;

import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.BySelector;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the labels of an alert name, by the conventions of Prometheus' Kubernetes discovery and of
 * kube-state-metrics.
 */
final class AlertLabels {

  private record Workload(String label, String kind) {}

  /** Owners before what they own: a deployment outlives its replica sets. */
  private static final List<Workload> WORKLOADS =
      List.of(
          new Workload("deployment", "deployment"),
          new Workload("statefulset", "statefulset"),
          new Workload("daemonset", "daemonset"),
          new Workload("cronjob", "cronjob"),
          new Workload("job_name", "job"),
          new Workload("replicaset", "replicaset"));

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[(?<bracketed>[^\\]]+)\\]|(?<host>[^:\\[\\]]+)):[0-9]{1,5}");

  private final Map<String, String> labels;
  private final TargetSelection selection;
  private final TargetLabels names;
  private final Optional<String> host;

  AlertLabels(Map<String, String> labels, TargetSelection selection) {
    this.labels = labels;
    this.selection = selection;
    this.names = selection.labels().in(labels);
    this.host = label(names.instance()).map(AlertLabels::host);
  }

  /** What to ask a catalog for this kind of target; nothing if a label is missing for that. */
  Optional<TargetQuery> query(TargetKind kind) {
    return switch (kind) {
      case POD -> both(namespace(), label(names.pod()), ByPod::new);
      case INSTANCE -> host.map(ByInstance::new);
      case WORKLOAD -> workload();
      case SERVICE -> both(namespace(), label(service()), ByService::new);
      case SELECTOR ->
          both(
              selection.namespace().or(() -> label(names.namespace())),
              selection.selector(),
              BySelector::new);
      case NODE -> label(names.node()).map(ByNode::new);
    };
  }

  /** Which labels it lacks, where there is nothing to ask for this kind. */
  String lacking(TargetKind kind) {
    String namespace = named(names.namespace());
    return "the alert lacks "
        + switch (kind) {
          case POD -> "the labels " + namespace + " and " + named(names.pod());
          case INSTANCE -> "the label " + named(names.instance());
          case WORKLOAD -> "the label " + namespace + " and one of a workload, such as deployment";
          case SERVICE -> "the labels " + namespace + " and " + named(service());
          case SELECTOR ->
              "the label " + namespace + ", and the rule's target gives no namespace either";
          case NODE -> "the label " + named(names.node());
        };
  }

  private static String named(Optional<String> label) {
    return label.orElse("(none: target.labels of the rule does not name it)");
  }

  /** How well the alert names this very pod: 0 as the pod, 1 as the instance, 2 not at all. */
  int rank(Candidate candidate) {
    if (label(names.pod()).filter(candidate.pod()::equals).isPresent()
        && namespace().filter(candidate.namespace()::equals).isPresent()) {
      return 0;
    }
    return host.flatMap(IpAddresses::canonical).filter(candidate.addresses()::contains).isPresent()
        ? 1
        : 2;
  }

  private Optional<TargetQuery> workload() {
    return WORKLOADS.stream()
        .flatMap(workload ->
            label(Optional.of(workload.label)).stream().map(name -> Map.entry(workload, name)))
        .findFirst()
        .flatMap(found ->
            namespace()
                .map(
                    namespace -> new ByWorkload(namespace, found.getKey().kind, found.getValue())));
  }

  private Optional<String> namespace() {
    return label(names.namespace()).or(selection::namespace);
  }

  private Optional<String> service() {
    return Optional.of(TargetLabels.service(labels));
  }

  private static String host(String instance) {
    Matcher matcher = HOST_AND_PORT.matcher(instance);
    return matcher.matches()
        ? Stream.of("bracketed", "host")
            .flatMap(group -> Stream.ofNullable(matcher.group(group)))
            .findFirst()
            .orElseThrow()
        : instance;
  }

  /** An empty label is an absent one, as everywhere in Prometheus. */
  private Optional<String> label(Optional<String> name) {
    return name.map(labels::get).filter(value -> !value.isEmpty());
  }

  private static <A, B, R> Optional<R> both(
      Optional<A> first, Optional<B> second, BiFunction<A, B, ? extends R> combine) {
    return first.flatMap(a -> second.map(b -> combine.apply(a, b)));
  }
}
