package io.alertcap.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.alertcap.acceptance.Http;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What an operator sees of a fault: the log, the readiness and the metrics of a pod. */
final class Symptoms implements BeforeEachCallback, AfterEachCallback {

  /** What is promised. */
  static final Duration SOON = Duration.ofSeconds(10);

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @Override
  public void beforeEach(ExtensionContext context) {
    log.list.clear();
    log.start();
    root.addAppender(log);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    root.detachAppender(log);
  }

  /** Within ten seconds all three show the fault, in these words. */
  void show(URI service, String check, String... words) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var answer = Http.get(service.resolve("/readyz"));
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.body()).contains(words).contains("\"" + check + "\"");
          assertThat(metrics(service)).contains("alertcap_ready{check=\"" + check + "\"} 0");
          assertThat(said()).anySatisfy(line -> assertThat(line).contains(words));
        });
  }

  /** Within ten seconds all three show it, and the service goes on taking requests. */
  void showDegraded(URI service, String check, String... words) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var answer = Http.get(service.resolve("/readyz"));
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(answer.body()).contains(words).contains("\"" + check + "\"");
          assertThat(metrics(service)).contains("alertcap_degraded{check=\"" + check + "\"} 1");
          assertThat(said()).anySatisfy(line -> assertThat(line).contains(words));
        });
  }

  /** Soon after it was mended nothing is wrong any more. */
  void vanish(URI service) {
    await()
        .atMost(SOON.multipliedBy(2))
        .untilAsserted(() -> {
          var answer = Http.get(service.resolve("/readyz"));
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        });
  }

  /** What was logged since the test began. */
  List<String> said() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static String metrics(URI service) {
    return Http.get(service.resolve("/metrics")).body();
  }
}
