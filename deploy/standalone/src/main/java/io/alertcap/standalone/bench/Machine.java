package io.alertcap.standalone.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What results depend on, without anything that says whose machine it is.
 *
 * @param software versions of what is compared
 */
public record Machine(
    String processor,
    int processors,
    long memoryMebibytes,
    String kernel,
    String system,
    String java,
    List<String> software) {

  /** The one that this runs on. */
  public static Machine thisOne() throws BenchFailed, InterruptedException {
    return new Machine(
        value(Path.of("/proc/cpuinfo"), "model name", ':'),
        Runtime.getRuntime().availableProcessors(),
        memoryKibibytes() / 1024,
        System.getProperty("os.version"),
        value(Path.of("/etc/os-release"), "PRETTY_NAME", '=').replace("\"", ""),
        System.getProperty("java.vendor.version", "") + ", Java " + Runtime.version(),
        List.of(
            version("tcpdump", 0),
            version("tcpdump", 1), // libpcap's
            version("dumpcap", 0),
            version("trafgen", 0)));
  }

  /** The load average over a minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static long memoryKibibytes() {
    String digits = value(Path.of("/proc/meminfo"), "MemTotal", ':').replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private static String version(String program, int line) throws BenchFailed, InterruptedException {
    return Programs.said(program, "--version").lines().skip(line).findFirst().orElse("");
  }

  /** Of a file of keys and values; "unknown" where it does not say. */
  private static String value(Path file, String key, char separator) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key) && line.indexOf(separator) > 0)
          .map(line -> line.substring(line.indexOf(separator) + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
