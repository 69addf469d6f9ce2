package io.alertcap.standalone.bench;

import java.util.List;

/**
 * One number per round.
 *
 * @param unit empty for a count
 */
public record Figure(String name, String unit, double median, List<Double> values) {

  static Figure of(String name, String unit, List<Double> values) {
    return new Figure(name, unit, quantile(values, 0.5), List.copyOf(values));
  }

  double largest() {
    return quantile(values, 1);
  }

  /** Between the two nearest values, in proportion. */
  static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    double position = share * (sorted.size() - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (position - below) * (sorted.get(above) - sorted.get(below));
  }
}
