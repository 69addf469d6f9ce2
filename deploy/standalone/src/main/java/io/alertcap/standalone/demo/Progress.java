package io.alertcap.standalone.demo;

import java.io.PrintStream;
import java.time.Duration;

/** What a person sees while waiting: a line for each step, with the time since the beginning. */
final class Progress {

  private final PrintStream out;
  private final long begin = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void step(String sentence) {
    double seconds = sinceBegin().toMillis() / 1000.0;
    out.printf("%6.2f s  %s%n", seconds, sentence);
    out.flush();
  }

  Duration sinceBegin() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
