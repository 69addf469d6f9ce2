package io.alertcap.standalone.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every measure that there is, in the order in which they are taken. */
public final class Measures {

  public static final List<Measure> ALL =
      List.of(
          new CaptureMeasure(),
          new EightCapturesMeasure(),
          new LookupMeasure(),
          new AlertMeasure(),
          new NodeMeasure(),
          new EnrichMeasure(),
          new WebhookMeasure(),
          new StormMeasure(),
          new ReplayMeasure(),
          new NodesMeasure());

  private Measures() {}

  public static Optional<Measure> named(String name) {
    return ALL.stream().filter(measure -> measure.name().equals(name)).findFirst();
  }

  public static String names() {
    return ALL.stream().map(Measure::name).collect(Collectors.joining(", "));
  }
}
