package io.alertcap.foundation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void showsWhatRunsAndHowItFares() {
    try (Metrics metrics = new Metrics("capturer")) {
      metrics.registry().counter("alertcap.captures", "end", "duration").increment();

      assertThat(metrics.text().lines())
          .contains("alertcap_captures_total{end=\"duration\"} 1.0")
          .anyMatch(line ->
              line.matches("alertcap_build_info\\{service=\"capturer\",version=\"\\d.*\"} 1"))
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
          .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
          .anyMatch(line -> line.startsWith("process_files_open_files "))
          .anyMatch(line -> line.startsWith("process_cpu_usage "))
          .anyMatch(line -> line.startsWith("process_uptime_seconds "));
    }
  }
}
