package io.alertcap.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A jar as a cloud's provider hands it out: a login that nothing here has heard of. */
final class Plugin {

  static final String LOGIN = "org.example.cloud.CloudLogin";

  private static final String SOURCE =
      """
      package org.example.cloud;

      import java.io.IOException;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.List;
      import java.util.Map;
      import java.util.Set;
      import javax.security.auth.callback.Callback;
      import javax.security.auth.login.AppConfigurationEntry;
      import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
      import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
      import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

      public class CloudLogin implements AuthenticateCallbackHandler {
        private Path file;

        public void configure(Map<String, ?> c, String m, List<AppConfigurationEntry> entries) {
          file = Path.of((String) entries.get(0).getOptions().get("tokenFile"));
        }

        public void handle(Callback[] callbacks) throws IOException {
          String value = Files.readString(file);
          for (Callback each : callbacks) {
            if (each instanceof OAuthBearerTokenCallback asked) {
              asked.token(new OAuthBearerToken() {
                public String value() { return value; }
                public Set<String> scope() { return Set.of(); }
                public long lifetimeMs() { return System.currentTimeMillis() + 300_000; }
                public String principalName() { return "cloud"; }
                public Long startTimeMs() { return null; }
              });
            }
          }
        }

        public void close() {}
      }
      """;

  private Plugin() {}

  /** Compiles the class, and puts it into a jar in this folder, which is made. */
  static Path in(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolveSibling("classes"));
    Path source = Files.writeString(classes.resolve("CloudLogin.java"), SOURCE);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(result).isZero();
    Files.createDirectories(folder);
    Path compiled = classes.resolve("org/example/cloud");
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(folder.resolve("cloud-login.jar")));
        var files = Files.newDirectoryStream(compiled)) {
      for (Path file : files) {
        jar.putNextEntry(new JarEntry("org/example/cloud/" + file.getFileName()));
        Files.copy(file, jar);
      }
    }
    return folder;
  }
}
