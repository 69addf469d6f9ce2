package io.alertcap.standalone.bench;

import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** A report for people to read. */
public final class Table {

  private static final int NAME_WIDTH = 34;
  private static final int COLUMN_WIDTH = 16;

  private Table() {}

  public static String of(Report report) {
    Machine machine = report.machine();
    StringBuilder text =
        new StringBuilder(
            "%s × %d, %,d MiB; %s, Linux %s; %s%n%s%n"
                .formatted(
                    machine.processor(),
                    machine.processors(),
                    machine.memoryMebibytes(),
                    machine.system(),
                    machine.kernel(),
                    machine.java(),
                    String.join("; ", machine.software())));
    report.measures().forEach(measured -> text.append(of(measured)));
    return text.toString();
  }

  private static String of(Measured measured) {
    StringBuilder text =
        new StringBuilder("%n%s: %s%n".formatted(measured.name(), measured.question()));
    measured.conditions().forEach(condition -> text.append("  ").append(condition).append('\n'));
    text.append(
        "  load average %.1f before, %.1f after%n%n"
            .formatted(measured.load().before(), measured.load().after()));
    text.append(
        row("median of rounds", measured.contenders().stream().map(Contender::name).toList()));
    for (Figure figure : measured.contenders().getFirst().figures()) {
      text.append(figures(figure, measured.contenders()));
    }
    text.append('\n');
    measured.verdicts().forEach(verdict -> text.append(of(verdict)));
    return text.toString();
  }

  private static String figures(Figure first, List<Contender> contenders) {
    String unit = first.unit().isEmpty() ? "" : ", " + first.unit();
    return row(
        first.name() + unit,
        contenders.stream()
            .map(each -> each.has(first.name()) ? number(each.figure(first.name()).median()) : "")
            .toList());
  }

  private static String row(String name, List<String> cells) {
    return cells.stream()
        .map(cell -> ("%" + COLUMN_WIDTH + "s").formatted(cell))
        .collect(Collectors.joining("", ("  %-" + NAME_WIDTH + "s").formatted(name), "\n"));
  }

  private static String number(double value) {
    return (value == Math.rint(value) || value >= 100 ? "%,.0f" : "%.2f").formatted(value);
  }

  private static String of(Verdict verdict) {
    return "  %-7s %s: %s%n"
        .formatted(verdict.met() ? "met" : "MISSED", verdict.aim(), verdict.seen());
  }
}
