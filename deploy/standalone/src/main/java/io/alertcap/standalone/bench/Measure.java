package io.alertcap.standalone.bench;

/** One question, answered for several contenders in the same run. */
public interface Measure {

  /** As it is chosen on the command line. */
  String name();

  /** What is asked. */
  String question();

  /** Takes it. Blocks for minutes; removes what it made on the machine, however it ends. */
  Measured take(Workbench workbench) throws BenchFailed, InterruptedException;
}
