package io.alertcap.standalone;

import io.alertcap.capturer.CapturerConfig;
import io.alertcap.capturer.CapturerService;
import io.alertcap.embedded.CannotStartException;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Loaded;
import io.alertcap.foundation.program.RunningService;
import io.alertcap.foundation.s3.S3Clients;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.trigger.ConfigFile;
import io.alertcap.trigger.TriggerService;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A running pipeline. Each service gets what it would get in a process of its own: a configuration,
 * in which Kafka and S3 are addresses.
 */
public final class Standalone implements RunningService {

  private static final Logger log = LoggerFactory.getLogger(Standalone.class);

  private final EmbeddedServers servers;
  private final S3Settings s3;
  private final CapturerService capturer;
  private final TriggerService trigger;

  private Standalone(
      EmbeddedServers servers, S3Settings s3, CapturerService capturer, TriggerService trigger) {
    this.servers = servers;
    this.s3 = s3;
    this.capturer = capturer;
    this.trigger = trigger;
  }

  /** It does not start. The message is for the operator: what is wrong, and what to do. */
  public static final class CannotStart extends IOException {
    private static final long serialVersionUID = 1L;

    CannotStart(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Blocks until everything runs: some seconds. The trigger service is first, since the capturer
   * asks it for names; commands of that moment wait on Kafka.
   *
   * @throws InvalidConfiguration naming every error, before anything is started
   */
  public static Standalone start(ConfigurationSource source) throws CannotStart {
    Loaded<StandaloneConfig> checked =
        source.withPresets(EmbeddedServers.presetsUnstarted()).read(StandaloneConfig::from);
    checked.warnings().forEach(log::warn);
    EmbeddedServers servers = null;
    TriggerService trigger = null;
    try {
      servers = EmbeddedServers.start(checked.settings().standalone());
      ConfigurationSource served = source.withPresets(servers.presets());
      StandaloneConfig settings = served.read(StandaloneConfig::from).settings();
      trigger =
          TriggerService.start(
              settings.trigger(), new ConfigFile(served, StandaloneConfig::triggerFrom));
      CapturerConfig config = settings.capturer();
      CapturerService capturer =
          CapturerService.start(config, new NamesInProcess(trigger.addresses()));
      return new Standalone(servers, config.s3(), capturer, trigger);
    } catch (CannotStartException | IOException e) {
      if (trigger != null) {
        trigger.close();
      }
      if (servers != null) {
        servers.close();
      }
      throw new CannotStart(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads the trigger service's rules and policy again. */
  public void reload() {
    trigger.reload();
  }

  /** Where Alertmanager posts to, and people ask. */
  public URI triggerUri() {
    return trigger.uri();
  }

  /** {@code host:port} of the broker. */
  public String bootstrapServers() {
    return servers.broker().bootstrapServers();
  }

  /** Where the S3 server listens. */
  public URI s3Endpoint() {
    return servers.s3().endpoint();
  }

  /** What the S3 server has under a key, as text. Blocks until it is read. */
  public String text(String key) {
    try (S3Client client = S3Clients.client(s3)) {
      return client
          .getObjectAsBytes(get -> get.bucket(s3.bucket()).key(key))
          .asString(StandardCharsets.UTF_8);
    }
  }

  /** The trigger service first, so that nothing is accepted that would not be captured. */
  @Override
  public void close() {
    trigger.close();
    capturer.close();
    servers.close();
  }

  @Override
  public String announcement() {
    return "ready: trigger %s, capturer http://127.0.0.1:%d, Kafka %s, S3 %s"
        .formatted(
            trigger.uri(),
            capturer.httpPort(),
            servers.broker().bootstrapServers(),
            servers.s3().endpoint());
  }
}
