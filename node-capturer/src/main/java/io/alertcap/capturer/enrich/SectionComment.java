package io.alertcap.capturer.enrich;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DurationText;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.Target;
import java.util.Optional;

/**
 * Why a file exists, in lines that a person reads in Wireshark's capture file properties. What
 * others wrote stands on one line each, with control characters escaped, so that no label can pass
 * for a line of ours.
 */
final class SectionComment {

  private final StringBuilder text = new StringBuilder();

  private SectionComment() {}

  static String of(EnrichContext context) {
    SectionComment comment = new SectionComment();
    CaptureRequest request = context.request();
    comment.line("capture", request.id().value());
    request.alert().ifPresent(comment::alert);
    comment.line("rule", request.rule());
    comment.line("reason", request.reason());
    comment.target(request.target());
    comment.limits(context, request.capture());
    comment.counted(context.result().statistics().flatMap(Statistics::counts));
    comment.labels(request.alert());
    return comment.text.toString();
  }

  private void alert(Alert alert) {
    line("alert", alert.alertname());
    line("starts at", alert.startsAt().toString());
    line("fingerprint", alert.fingerprint());
    line("group key", alert.groupKey());
    line("generator URL", alert.generatorUrl());
  }

  private void target(Target target) {
    line("target", target.namespace() + "/" + target.pod());
    line("pod address", target.podIp());
    line("node", target.node());
    line("container", target.container());
    line("container ID", target.containerId());
    line("PID", target.pid().map(String::valueOf));
    line("network namespace", target.netns());
    if (target.hostNetwork()) {
      line("host network", "the pod shares the node's, so these may be packets of others");
    }
  }

  private void limits(EnrichContext context, CaptureSpec spec) {
    line("interface", context.result().networkInterface());
    line("filter", context.filter());
    line(
        "limits",
        "%s, %s, snaplen %d"
            .formatted(DurationText.format(spec.duration()), spec.maxBytes(), spec.snaplen()));
    line("ended by", context.result().end().code());
    switch (context.payload()) {
      case FULL -> {}
      case DNS -> line("payload", "removed, except of DNS; the lengths are those on the wire");
      case HEADERS -> line("payload", "removed; the lengths are those on the wire");
    }
  }

  private void counted(Optional<Statistics.Counts> kernel) {
    line(
        "kernel",
        kernel
            .map(counts ->
                "%d packets passed the filter, %d of them were dropped, %d were lost"
                    .formatted(counts.received(), counts.dropped(), counts.lost()))
            .orElse("how many packets were dropped or lost is not known"));
  }

  /** Last, because a comment that is too long loses its end. */
  private void labels(Optional<Alert> alert) {
    alert
        .map(Alert::labels)
        .ifPresent(labels -> labels.forEach((name, value) -> line("label " + name, value)));
  }

  private void line(String name, Optional<String> value) {
    value.ifPresent(present -> line(name, present));
  }

  private void line(String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    text.append(text.isEmpty() ? "" : "\n");
    escaped(name);
    text.append(": ");
    escaped(value);
  }

  private void escaped(String value) {
    value
        .codePoints()
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR,
                Character.SURROGATE ->
                text.append(c == '\n' ? "\\n" : "\\u{" + Integer.toHexString(c) + "}");
            default -> text.appendCodePoint(c);
          }
        });
  }
}
