package io.alertcap.standalone.bench;

import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** From a closed file of DNS to what is uploaded: file, analysis and transcript. */
final class EnrichMeasure implements Measure {

  private static final long FEW = 10_000;
  private static final double AIM_PACKETS_PER_SECOND = 500_000;
  private static final double AIM_MEBIBYTES = 16;
  private static final String SPEED = "packets a second of CPU";
  private static final String WHOLE_SPEED = "the same, with the JVM's own threads";
  private static final String MEMORY = "most memory in RAM";

  /** The file, and a copy of it as pcapng. */
  private static final long BYTES_PER_PACKET = 300;

  /** As the launcher starts the capturer. */
  private static final List<String> AS_THE_CAPTURER =
      List.of(
          "-Xms16m",
          "-Xmn8m",
          "-Xmx72m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED");

  @Override
  public String name() {
    return "enrich";
  }

  @Override
  public String question() {
    return "How fast does a closed file become what is uploaded, and what memory does it take?";
  }

  @Override
  public Measured take(Workbench workbench) throws BenchFailed, InterruptedException {
    double before = Machine.load();
    workbench.needRoom(BYTES_PER_PACKET * workbench.packets());
    Path few = workbench.directory().resolve("few.pcap");
    Path many = workbench.directory().resolve("many.pcap");
    try {
      workbench.progress().accept("writing %,d packets".formatted(workbench.packets()));
      DnsTrafficFile.write(few, FEW);
      DnsTrafficFile.write(many, workbench.packets());
      return measured(workbench, before, few, many);
    } catch (IOException e) {
      throw new BenchFailed("The files of packets cannot be written: " + e, e);
    } finally {
      delete(few);
      delete(many);
    }
  }

  private Measured measured(Workbench workbench, double before, Path few, Path many)
      throws BenchFailed, InterruptedException, IOException {
    List<Double> speeds = new ArrayList<>();
    List<Double> wholeSpeeds = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    List<Double> memoryOfFew = new ArrayList<>();
    List<Double> tshark = new ArrayList<>();
    List<Double> editcap = new ArrayList<>();
    for (int round = 0; round < workbench.rounds(); round++) {
      workbench.say(round, "passes over a file");
      memoryOfFew.add(pass(workbench, few).mebibytes());
      Pass pass = pass(workbench, many);
      speeds.add(workbench.packets() / pass.seconds());
      wholeSpeeds.add(workbench.packets() / pass.wholeSeconds());
      memory.add(pass.mebibytes());
      tshark.add(speed(workbench, "tshark", "-n", "-q", "-z", "dns,tree", "-r", many.toString()));
      editcap.add(speed(workbench, "editcap", many.toString(), copy(workbench)));
    }
    delete(Path.of(copy(workbench)));
    Contender ours =
        new Contender(
            "alertcap",
            List.of(
                Figure.of(SPEED, "", speeds),
                Figure.of(WHOLE_SPEED, "", wholeSpeeds),
                Figure.of(MEMORY, "MiB", memory),
                Figure.of("the same, of %,d packets".formatted(FEW), "MiB", memoryOfFew)));
    double growth = ours.figure(MEMORY).median() - ours.figures().getLast().median();
    double speed = ours.figure(SPEED).median();
    return new Measured(
        name(),
        question(),
        List.of(
            "%,d packets of DNS, a name of its own for each query".formatted(workbench.packets()),
            "pcapng, gzip, DNS and TCP analysis, transcript; a process with the capturer's settings"),
        new Measured.Load(before, Machine.load()),
        List.of(
            ours,
            new Contender("tshark dns,tree", List.of(Figure.of(SPEED, "", tshark))),
            new Contender("editcap", List.of(Figure.of(SPEED, "", editcap)))),
        List.of(
            new Verdict(
                "%,.0f packets a second or more".formatted(AIM_PACKETS_PER_SECOND),
                speed >= AIM_PACKETS_PER_SECOND,
                "%,.0f".formatted(speed)),
            new Verdict(
                "memory within %.0f MiB of that for %,d packets".formatted(AIM_MEBIBYTES, FEW),
                growth <= AIM_MEBIBYTES,
                "%+.1f MiB".formatted(growth))));
  }

  /**
   * What a pass took.
   *
   * @param seconds of CPU, of the thread that does it
   * @param wholeSeconds of CPU, of all threads: the compiler's and the collector's too
   */
  private record Pass(double seconds, double wholeSeconds, double mebibytes) {}

  private static Pass pass(Workbench workbench, Path file)
      throws BenchFailed, InterruptedException, IOException {
    Path spool = Files.createTempDirectory(workbench.directory(), "spool");
    try {
      List<String> command = new ArrayList<>();
      command.addAll(List.of("env", "MALLOC_ARENA_MAX=2"));
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(AS_THE_CAPTURER);
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              EnrichRun.class.getName(),
              spool.toString(),
              file.toString()));
      String printed = Programs.run(workbench.patience(), command);
      String last = printed.lines().reduce((first, second) -> second).orElse("");
      String[] figures = last.split(" ", 4);
      if (figures.length < 4 || !figures[3].startsWith("enriched ")) {
        throw new BenchFailed("The pass came to nothing: " + last);
      }
      return new Pass(
          Double.parseDouble(figures[0]),
          Double.parseDouble(figures[1]),
          Double.parseDouble(figures[2]));
    } finally {
      deleteAll(spool);
    }
  }

  private static double speed(Workbench workbench, String... command)
      throws BenchFailed, InterruptedException {
    Duration before = CpuTime.ofEndedChildren();
    String unused = Programs.run(workbench.patience(), List.of(command));
    Duration took = CpuTime.ofEndedChildren().minus(before);
    return workbench.packets() / (took.toNanos() / 1e9);
  }

  private static String copy(Workbench workbench) {
    return workbench.directory().resolve("copy.pcapng").toString();
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static void delete(Path file) throws BenchFailed {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new BenchFailed(file + " cannot be deleted: " + e, e);
    }
  }
}
