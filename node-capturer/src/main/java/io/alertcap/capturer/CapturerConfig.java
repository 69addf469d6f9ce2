package io.alertcap.capturer;

import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.enrich.names.NamesSettings;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.capturer.prepare.PreparationSettings;
import io.alertcap.capturer.spool.SpoolOwner;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.web.HttpSettings;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.kafka.KafkaSettings;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.schemas.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a capturer is told, one component for each section of its file. */
public record CapturerConfig(
    Node node,
    KafkaSettings kafka,
    S3Settings s3,
    Captures capture,
    NodePolicy policy,
    SpoolSettings spool,
    SpoolOwner spoolOwner,
    HttpSettings http,
    NamesSettings names) {

  public CapturerConfig {
    if (capture.bufferSize().compareTo(policy.maxBufferTotal()) > 0) {
      throw new IllegalArgumentException(
          "capture.bufferSize %s is more than policy.maxBufferTotal, %s: no capture could begin."
              .formatted(capture.bufferSize(), policy.maxBufferTotal()));
    }
  }

  /**
   * The {@code node} section.
   *
   * @param name as Kubernetes calls the node: the key of its commands
   * @param procRoot the host's {@code /proc}
   * @param cgroupRoot the host's {@code /sys/fs/cgroup}
   * @param podLogsRoot the host's {@code /var/log/pods}, whose directories name the node's pods
   */
  public record Node(String name, Path procRoot, Path cgroupRoot, Path podLogsRoot) {

    private static final Pattern NAME =
        Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST_NAME = 253;

    static Setting<Node> from(Section node) {
      Setting<String> name =
          node.text("name")
              .check(
                  text -> text.length() <= LONGEST_NAME && NAME.matcher(text).matches(),
                  "must be the name of a node: lower-case letters, digits, '-' and '.'")
              .required();
      Setting<Path> procRoot = node.path("procRoot").orElse(Path.of("/proc"));
      Setting<Path> cgroupRoot = node.path("cgroupRoot").orElse(Path.of("/sys/fs/cgroup"));
      Setting<Path> podLogsRoot = node.path("podLogsRoot").orElse(Path.of("/var/log/pods"));
      return node.build(
          () -> new Node(name.get(), procRoot.get(), cgroupRoot.get(), podLogsRoot.get()));
    }
  }

  /**
   * The {@code capture} section.
   *
   * @param bufferSize of the kernel's ring, for each capture
   * @param upload what is made of a file before its upload
   * @param shutdownGrace from SIGTERM to the end of the process; keep it shorter than the pod's
   *     {@code terminationGracePeriodSeconds}
   */
  public record Captures(DataSize bufferSize, PreparationSettings upload, Duration shutdownGrace) {

    private static final DataSize LEAST_BUFFER = DataSize.ofBytes(CapturePlan.LARGEST_SNAPLEN);
    private static final DataSize LARGEST_BUFFER = DataSize.ofMebibytes(1024);
    private static final Duration GRACE = Duration.ofSeconds(20);

    static Setting<Captures> from(Section capture) {
      Setting<DataSize> buffer =
          capture
              .size("bufferSize")
              .between(LEAST_BUFFER, LARGEST_BUFFER)
              .orElse(DataSize.ofBytes(CapturePlan.DEFAULT_BUFFER_BYTES));
      Setting<PreparationSettings> upload = PreparationSettings.from(capture);
      Setting<Duration> grace =
          capture
              .duration("shutdownGrace")
              .between(Duration.ofSeconds(1), Duration.ofMinutes(10))
              .orElse(GRACE);
      return capture.build(() -> new Captures(buffer.get(), upload.get(), grace.get()));
    }
  }

  /** Reads every section of the file. */
  public static Setting<CapturerConfig> from(Section file) {
    Setting<Node> node = Node.from(file.section("node"));
    Setting<KafkaSettings> kafka = KafkaSettings.from(file.section("kafka"));
    Setting<S3Settings> s3 = S3Settings.from(file.section("s3"));
    Setting<Captures> capture = Captures.from(file.section("capture"));
    Setting<NodePolicy> policy = NodePolicy.from(file.section("policy"));
    Setting<SpoolSettings> spool = SpoolSettings.from(file.section("spool"));
    Setting<List<String>> adopted = SpoolOwner.adoptedFrom(file.section("spool"));
    Setting<HttpSettings> http = HttpSettings.from(file.section("http"));
    Setting<NamesSettings> names = NamesSettings.from(file.section("names"));
    return file.build(() ->
        new CapturerConfig(
            node.get(),
            kafka.get(),
            s3.get(),
            capture.get(),
            policy.get(),
            spool.get(),
            new SpoolOwner(Optional.of(s3.get().destination()), adopted.get()),
            http.get(),
            names.get()));
  }

  /** The same with another address to listen on. */
  public CapturerConfig withHttp(HttpSettings other) {
    return new CapturerConfig(node, kafka, s3, capture, policy, spool, spoolOwner, other, names);
  }
}
