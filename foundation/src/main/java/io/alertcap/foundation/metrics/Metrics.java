package io.alertcap.foundation.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters of one service, those of its JVM and process among them. Thread-safe. */
public final class Metrics implements AutoCloseable {

  /** Of what {@link #text} returns. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollections = new JvmGcMetrics();

  /**
   * Begins to measure.
   *
   * @param service as in {@code alertcap_build_info{service="…"}}: {@code trigger}, {@code
   *     capturer}
   */
  public Metrics(String service) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    garbageCollections.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("alertcap.build.info", () -> 1)
        .description("Always 1; its labels say what is running")
        .tag("service", service)
        .tag("version", BuildVersion.read())
        .register(registry);
  }

  /** Where the parts of the service register their own. */
  public MeterRegistry registry() {
    return registry;
  }

  /** All meters as Prometheus' text format 0.0.4. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollections.close();
    registry.close();
  }
}
