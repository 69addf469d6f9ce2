package io.alertcap.trigger.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Direction;
import io.alertcap.schemas.FilterText;
import io.alertcap.schemas.InvalidField;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import io.alertcap.trigger.decision.Order;
import io.alertcap.trigger.target.LabelSelector;
import io.alertcap.trigger.target.TargetKind;
import io.alertcap.trigger.target.TargetLabels;
import io.alertcap.trigger.target.TargetSelection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /api/v1/captures}. A field that nobody knows is refused: a mistyped one
 * would otherwise capture something else.
 */
record OrderBody(Pods target, Optional<Packets> capture, Optional<String> reason) {

  private static final int MAX_REASON = 1024;
  private static final Set<String> FIELDS = Set.of("target", "capture", "reason");
  private static final Set<String> TARGET_FIELDS =
      Set.of("namespace", "pod", "selector", "container", "maxTargets");
  private static final Set<String> CAPTURE_FIELDS =
      Set.of(
          "filter",
          "interface",
          "duration",
          "maxBytes",
          "maxPackets",
          "snaplen",
          "direction",
          "buffer",
          "payload");

  OrderBody {
    present(target, "target");
    capture = given(capture);
    reason = given(reason);
    if (reason.filter(text -> text.codePointCount(0, text.length()) > MAX_REASON).isPresent()) {
      throw new InvalidField("reason", "must have at most " + MAX_REASON + " characters");
    }
  }

  /** Whose packets: those of one pod by its name, or of the pods that a selector matches. */
  record Pods(
      String namespace,
      Optional<String> pod,
      Optional<String> selector,
      Optional<String> container,
      Optional<Integer> maxTargets) {

    Pods {
      present(namespace, "namespace");
      pod = given(pod);
      selector = given(selector);
      container = given(container);
      maxTargets = given(maxTargets);
      if (pod.isPresent() == selector.isPresent()) {
        throw new InvalidField("pod", "must be given, or else selector");
      }
      var unused = selection(namespace, pod, selector, container, maxTargets);
    }

    TargetSelection selection() {
      return selection(namespace, pod, selector, container, maxTargets);
    }

    private static TargetSelection selection(
        String namespace,
        Optional<String> pod,
        Optional<String> selector,
        Optional<String> container,
        Optional<Integer> maxTargets) {
      return new TargetSelection(
          List.of(pod.isPresent() ? TargetKind.POD : TargetKind.SELECTOR),
          Optional.of(namespace),
          selector.map(Pods::parsed),
          TargetLabels.STANDARD,
          container,
          List.of(),
          maxTargets.orElse(TargetSelection.DEFAULT_MAX_TARGETS));
    }

    private static LabelSelector parsed(String selector) {
      try {
        return LabelSelector.parse(selector);
      } catch (IllegalArgumentException e) {
        throw new InvalidField("selector", String.valueOf(e.getMessage()));
      }
    }

    /** As an alert would name the pod. */
    Map<String, String> labels() {
      return pod.map(name -> Map.of("namespace", namespace, "pod", name)).orElse(Map.of());
    }
  }

  /** Which packets; what is absent is as in a rule that says nothing. */
  record Packets(
      Optional<String> filter,
      @JsonProperty("interface") Optional<String> networkInterface,
      Optional<Duration> duration,
      Optional<DataSize> maxBytes,
      Optional<Long> maxPackets,
      Optional<Integer> snaplen,
      Optional<Direction> direction,
      Optional<DataSize> buffer,
      Optional<PayloadProfile> payload) {

    /** Fails where no capture could be made of it. */
    CaptureSpec over(CaptureSpec standard) {
      return new CaptureSpec(
          FilterText.checked(given(filter).orElse(standard.filter())),
          given(networkInterface).orElse(standard.networkInterface()),
          given(duration).orElse(standard.duration()),
          given(maxBytes).orElse(standard.maxBytes()),
          given(maxPackets).orElse(standard.maxPackets()),
          given(snaplen).orElse(standard.snaplen()),
          given(direction).or(standard::direction),
          given(buffer).or(standard::buffer),
          given(payload).or(standard::payload));
    }
  }

  /**
   * Reads the body; never throws for what it holds.
   *
   * @param caller whose order it is
   * @param standard what is captured where the body says nothing
   */
  static Reading<Order> read(byte[] body, Optional<String> caller, CaptureSpec standard) {
    return switch (Json.read(body, JsonNode.class)) {
      case Reading.Invalid<JsonNode>(String path, String message) ->
          new Reading.Invalid<>(path, message);
      case Reading.Valid<JsonNode>(JsonNode tree) ->
          unknown(tree).<Reading<Order>>map(it -> it).orElseGet(() -> read(tree, caller, standard));
    };
  }

  private static Reading<Order> read(JsonNode tree, Optional<String> caller, CaptureSpec standard) {
    return switch (Json.read(tree, OrderBody.class)) {
      case Reading.Invalid<OrderBody>(String path, String message) ->
          new Reading.Invalid<>(path, message);
      case Reading.Valid<OrderBody>(OrderBody read) -> read.order(caller, standard);
    };
  }

  private Reading<Order> order(Optional<String> caller, CaptureSpec standard) {
    try {
      CaptureSpec spec = capture.map(packets -> packets.over(standard)).orElse(standard);
      return new Reading.Valid<>(
          new Order(target.selection(), target.labels(), spec, reason, caller));
    } catch (InvalidField e) {
      return new Reading.Invalid<>("capture." + e.field(), String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Reading.Invalid<Order>> unknown(JsonNode tree) {
    return unknown(tree, "", FIELDS)
        .or(() -> unknown(tree.path("target"), "target", TARGET_FIELDS))
        .or(() -> unknown(tree.path("capture"), "capture", CAPTURE_FIELDS));
  }

  private static Optional<Reading.Invalid<Order>> unknown(
      JsonNode object, String path, Set<String> known) {
    return known.containsAll(object.propertyNames())
        ? Optional.empty()
        : Optional.of(
            new Reading.Invalid<>(
                path,
                "has an unknown field; known are " + String.join(", ", new TreeSet<>(known))));
  }

  private static void present(@Nullable Object value, String field) {
    if (value == null) {
      throw new InvalidField(field, "is missing");
    }
  }

  /** Jackson passes null for an Optional that JSON leaves out of a record. */
  @SuppressWarnings("NullableOptional")
  private static <T> Optional<T> given(@Nullable Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }
}
