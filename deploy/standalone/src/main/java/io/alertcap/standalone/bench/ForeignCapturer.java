package io.alertcap.standalone.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that captures, one process per capture. Its start is not counted, as the JVM's is not.
 */
final class ForeignCapturer implements Capturer {

  private final String name;
  private final String whenReady;
  private final List<String> options;

  private ForeignCapturer(String name, String whenReady, List<String> options) {
    this.name = name;
    this.whenReady = whenReady;
    this.options = options;
  }

  static Capturer tcpdump() {
    return new ForeignCapturer(
        "tcpdump",
        "listening on ",
        List.of(
            "--relinquish-privileges=root",
            "--no-promiscuous-mode",
            "--buffer-size=" + BUFFER_MEBIBYTES * 1024,
            "--interface=" + Links.INTERFACE,
            "-w",
            "{file}",
            Links.FILTER));
  }

  static Capturer dumpcap() {
    return new ForeignCapturer(
        "dumpcap",
        "File: ",
        List.of(
            "-q",
            "-p",
            "-P", // a pcap file, as the others write
            "-B",
            Integer.toString(BUFFER_MEBIBYTES),
            "-i",
            Links.INTERFACE,
            "-f",
            Links.FILTER,
            "-w",
            "{file}"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration capture(List<Point> points, Traffic traffic)
      throws BenchFailed, InterruptedException {
    try (CleanUp cleanUp = new CleanUp()) {
      List<Process> processes = new ArrayList<>();
      for (Point point : points) {
        Path said = point.file().resolveSibling(point.file().getFileName() + ".stderr");
        Process process = Programs.started(command(point), whenReady, said);
        cleanUp.add(process::destroyForcibly);
        processes.add(process);
      }
      Duration start = Duration.ZERO;
      for (Process process : processes) {
        start = start.plus(CpuTime.ofMainThread(process.pid()));
      }
      traffic.flow();
      Thread.sleep(SETTLING);
      Duration ofOthers = CpuTime.ofEndedChildren();
      processes.forEach(Process::destroy);
      for (Process process : processes) {
        Programs.ended(process, List.of(name));
      }
      return CpuTime.ofEndedChildren().minus(ofOthers).minus(start);
    }
  }

  private List<String> command(Point point) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", point.namespace(), name));
    options.forEach(option -> command.add(option.replace("{file}", point.file().toString())));
    return command;
  }
}
