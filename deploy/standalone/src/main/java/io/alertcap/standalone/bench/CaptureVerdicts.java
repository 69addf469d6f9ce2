package io.alertcap.standalone.bench;

import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;

/** Aims for what captures lose; the worst round counts. */
final class CaptureVerdicts {

  private CaptureVerdicts() {}

  static Verdict noneLost(Contender ours) {
    double most = ours.figure(CaptureContest.LOST).largest();
    return new Verdict("no packet lost in any round", most == 0, "at most %,.0f".formatted(most));
  }

  static Verdict noMoreLostThan(Contender theirs, Contender ours) {
    double most = ours.figure(CaptureContest.LOST).largest();
    double mostOfTheirs = theirs.figure(CaptureContest.LOST).largest();
    return new Verdict(
        "never more lost than " + theirs.name(),
        most <= mostOfTheirs,
        "at most %,.0f, and %,.0f".formatted(most, mostOfTheirs));
  }
}
