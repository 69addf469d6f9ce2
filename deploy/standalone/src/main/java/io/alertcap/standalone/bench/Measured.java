package io.alertcap.standalone.bench;

import java.util.List;
import java.util.Locale;

/**
 * What came of a measure.
 *
 * @param conditions how it was taken, a sentence each
 * @param contenders alertcap first
 */
public record Measured(
    String name,
    String question,
    List<String> conditions,
    Load load,
    List<Contender> contenders,
    List<Verdict> verdicts) {

  /** The first one's figures are those of the measure; others may have fewer. */
  public record Contender(String name, List<Figure> figures) {

    boolean has(String name) {
      return figures.stream().anyMatch(each -> each.name().equals(name));
    }

    Figure figure(String name) {
      return figures.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
  }

  /** The machine's load average over a minute, before and after. */
  public record Load(double before, double after) {}

  /**
   * Whether an aim was reached.
   *
   * @param seen what was seen instead of guessed
   */
  public record Verdict(String aim, boolean met, String seen) {

    /** That one contender's median is at most so many times another's. */
    static Verdict atMost(double factor, Contender ours, Contender theirs, String figure) {
      double ratio = ours.figure(figure).median() / theirs.figure(figure).median();
      return new Verdict(
          "%s at most %s × %s's".formatted(figure, number(factor), theirs.name()),
          ratio <= factor,
          "%.2f ×".formatted(ratio));
    }

    private static String number(double factor) {
      return String.format(Locale.ROOT, "%.1f", factor);
    }
  }
}
