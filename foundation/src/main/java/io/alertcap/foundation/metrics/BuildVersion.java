package io.alertcap.foundation.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version that the build wrote into {@code build.properties}. */
public final class BuildVersion {

  private BuildVersion() {}

  public static String read() {
    try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(in, "build.properties is missing from the jar"));
      return Objects.requireNonNull(properties.getProperty("version"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
