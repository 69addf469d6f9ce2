package io.alertcap.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What a class logs during a test, from INFO on; whichever thread it does so on. */
public final class LoggedLines implements BeforeEachCallback, AfterEachCallback {

  private final Logger logger;
  private final Lines lines = new Lines();

  private LoggedLines(Logger logger) {
    this.logger = logger;
  }

  public static LoggedLines of(Class<?> type) {
    return new LoggedLines((Logger) LoggerFactory.getLogger(type));
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {

    private final Queue<ILoggingEvent> all = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent line) {
      line.prepareForDeferredProcessing();
      all.add(line);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  /** So far, in their order. */
  public List<ILoggingEvent> all() {
    return List.copyOf(lines.all);
  }

  /** The key-value pairs of a line. */
  public static Map<String, String> fields(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }
}
