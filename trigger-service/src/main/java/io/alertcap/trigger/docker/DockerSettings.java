package io.alertcap.trigger.docker;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The section {@code catalog} of {@code type: docker}.
 *
 * @param socket of the Engine API
 * @param node the {@code node.name} of this host's capturer
 * @param refresh from one look at the containers to the next
 */
public record DockerSettings(Path socket, String node, Duration refresh) {

  /** As the capturer's own configuration has it. */
  private static final Pattern NODE =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final Duration REFRESH = Duration.ofSeconds(2);

  /** Reads the section. */
  public static Setting<DockerSettings> from(Section catalog) {
    Setting<Path> socket = catalog.path("socket").orElse(SOCKET);
    Setting<String> node =
        catalog
            .text("node")
            .check(NODE.asMatchPredicate(), "must be the node.name of this host's capturer")
            .required();
    Setting<Duration> refresh =
        catalog
            .duration("refresh")
            .between(Duration.ofMillis(100), Duration.ofMinutes(1))
            .orElse(REFRESH);
    return catalog.build(() -> new DockerSettings(socket.get(), node.get(), refresh.get()));
  }
}
