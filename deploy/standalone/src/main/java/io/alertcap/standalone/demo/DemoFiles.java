package io.alertcap.standalone.demo;

import io.alertcap.schemas.DurationText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What an operator would have written, and Alertmanager sent: configuration, catalog and alert. */
public final class DemoFiles {

  private DemoFiles() {}

  /** Writes the configuration and the catalog into the directory, and returns the configuration. */
  public static Path write(Path directory, Duration capture, DemoNetwork network)
      throws DemoFailed {
    String way =
        network
            .containerId()
            .map(id -> "containerId: " + id)
            .orElseGet(() -> "netns: " + network.podNetns());
    Path targets = directory.resolve("targets.yaml");
    Path configuration = directory.resolve("alertcap.yaml");
    try {
      Files.createDirectories(directory);
      Files.writeString(
          targets,
          resource("targets.yaml")
              .replace("${ip}", DemoNetwork.POD_ADDRESS)
              .replace("${way}", way)
              .replace("${client.ip}", DemoNetwork.CLIENT_ADDRESS)
              .replace("${client.netns}", network.clientNetns().toString()));
      Files.writeString(
          configuration,
          resource("alertcap.yaml")
              .replace("${directory}", directory.toString())
              .replace("${duration}", DurationText.format(capture)));
      return configuration;
    } catch (IOException e) {
      throw new DemoFailed("cannot write into " + directory + ": choose another with --dir", e);
    }
  }

  /** The body of the webhook, about an alert that begins now. */
  public static byte[] alert(Instant now) throws DemoFailed {
    return resource("single-firing.json")
        .replace("${startsAt}", now.toString())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String resource(String name) throws DemoFailed {
    try (InputStream in = Objects.requireNonNull(DemoFiles.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DemoFailed("the demo's own file " + name + " cannot be read", e);
    }
  }
}
