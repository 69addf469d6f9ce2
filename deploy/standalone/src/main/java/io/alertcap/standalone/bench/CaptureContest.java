package io.alertcap.standalone.bench;

import io.alertcap.standalone.bench.Measured.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Capturers that take turns at the same traffic. */
final class CaptureContest {

  static final String LOST = "packets lost";
  static final String CPU = "CPU per million packets";
  private static final String RATE = "packets per second";

  private static final int PACKETS_PER_SECOND = 250_000;
  private static final int PACKETS_OF_WARM_UP = 20_000;
  private static final double MILLION = 1_000_000;

  private final Workbench workbench;
  private final List<Capturer> capturers;
  private final int captures;

  /**
   * @param captures how many at once; they share the rate
   */
  CaptureContest(Workbench workbench, List<Capturer> capturers, int captures) {
    this.workbench = workbench;
    this.capturers = capturers;
    this.captures = captures;
  }

  List<Contender> hold() throws BenchFailed, InterruptedException {
    List<List<Run>> runs =
        capturers.stream().<List<Run>>map(capturer -> new ArrayList<>()).toList();
    try (Links links = Links.make(captures, workbench.directory())) {
      for (Capturer capturer : capturers) {
        run(capturer, links, PACKETS_OF_WARM_UP);
      }
      List<Integer> order = new ArrayList<>(IntStream.range(0, capturers.size()).boxed().toList());
      for (int round = 0; round < workbench.rounds(); round++) {
        for (int turn : order) {
          workbench.say(round, capturers.get(turn).name());
          runs.get(turn).add(run(capturers.get(turn), links, workbench.packets()));
        }
        Collections.rotate(order, 1);
      }
    }
    return IntStream.range(0, capturers.size())
        .mapToObj(each -> contender(capturers.get(each), runs.get(each)))
        .toList();
  }

  /** How it is done, for the reader of the results. */
  List<String> conditions() {
    return List.of(
        "%,d packets of 70 bytes a run, sent by trafgen at %,d a second into %s"
            .formatted(
                workbench.packets(),
                PACKETS_PER_SECOND,
                captures == 1 ? "a veth" : captures + " veths at once, an equal share into each"),
        "%d rounds, in turn; buffer %d MiB; filter \"%s\"; pcap files"
            .formatted(workbench.rounds(), Capturer.BUFFER_MEBIBYTES, Links.FILTER));
  }

  private Run run(Capturer capturer, Links links, int packets)
      throws BenchFailed, InterruptedException {
    int packetsEach = packets / captures;
    List<Capturer.Point> points =
        links.targets().stream()
            .map(target ->
                new Capturer.Point(target, workbench.directory().resolve(target + ".pcap")))
            .toList();
    long before = links.arrived();
    Sending sending = new Sending(links, packetsEach, PACKETS_PER_SECOND / captures);
    Duration cpu = capturer.capture(points, sending);
    long arrived = Math.min(links.arrived() - before, (long) packetsEach * captures);
    long kept = 0;
    for (Capturer.Point point : points) {
      kept += count(point.file());
      delete(point.file());
    }
    return new Run(arrived, kept, cpu, sending.took);
  }

  /** By capinfos, which none of the capturers is. */
  private static long count(Path file) throws BenchFailed, InterruptedException {
    String line = Programs.run("capinfos", "-M", "-T", "-r", "-c", file.toString());
    return Long.parseLong(line.substring(line.lastIndexOf('\t') + 1));
  }

  private static void delete(Path file) throws BenchFailed {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new BenchFailed("Deleting " + file + " failed.", e);
    }
  }

  private static Contender contender(Capturer capturer, List<Run> runs) {
    return new Contender(
        capturer.name(),
        List.of(
            Figure.of(LOST, "", runs.stream().map(Run::lost).toList()),
            Figure.of(CPU, "ms", runs.stream().map(Run::cpuMillisPerMillion).toList()),
            Figure.of(RATE, "", runs.stream().map(Run::rate).toList())));
  }

  /** Packets for all links at once, and how long it took to send them. */
  private static final class Sending implements Capturer.Traffic {

    private final Links links;
    private final int packetsEach;
    private final int packetsPerSecondEach;
    private Duration took = Duration.ZERO;

    Sending(Links links, int packetsEach, int packetsPerSecondEach) {
      this.links = links;
      this.packetsEach = packetsEach;
      this.packetsPerSecondEach = packetsPerSecondEach;
    }

    @Override
    public void flow() throws BenchFailed, InterruptedException {
      long start = System.nanoTime();
      links.send(packetsEach, packetsPerSecondEach);
      took = Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /**
   * One capturer's turn.
   *
   * @param arrived at the interfaces
   * @param kept in the files
   */
  private record Run(long arrived, long kept, Duration cpu, Duration sending) {

    double lost() {
      return arrived - kept;
    }

    double cpuMillisPerMillion() {
      return cpu.toNanos() / MILLION / (arrived / MILLION);
    }

    double rate() {
      return arrived * 1e9 / sending.toNanos();
    }
  }
}
