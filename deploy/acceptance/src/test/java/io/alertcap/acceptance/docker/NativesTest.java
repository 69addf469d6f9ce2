package io.alertcap.acceptance.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.acceptance.Programs;
import io.alertcap.acceptance.Programs.Finished;
import io.alertcap.acceptance.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/images/natives}: what needs a native library finds it in the image, since nothing
 * is to be executed from a container's {@code /tmp}.
 */
class NativesTest {

  private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");
  private static final String IN_THE_IMAGE = "/opt/alertcap/native";

  @TempDir Path directory;
  private Path natives = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    Path lib = Files.createDirectory(directory.resolve("lib"));
    for (Path jar : jars()) {
      Files.copy(jar, lib.resolve(jar.getFileName()));
    }
    natives = directory.resolve("native");
    String unused =
        Programs.output(
            "env",
            "PATH=" + JAVA_BIN + File.pathSeparator + System.getenv("PATH"),
            Repository.path("deploy/images/natives").toString(),
            lib.toString(),
            natives.toString());
  }

  @Test
  void bothServicesThatCaptureAreToldWhereTheyAre() {
    assertThat(List.of("capturer.jvm", "standalone.jvm"))
        .allSatisfy(file ->
            assertThat(options(file))
                .contains("-Djna.boot.library.path=" + natives)
                .contains("-DZstdNativePath=" + natives.resolve("libzstd-jni.so")));
    assertThat(natives.resolve("libzstd-jni.so")).isRegularFile();
    assertThat(Repository.text(Repository.path("deploy/images/Dockerfile")))
        .contains("WORKDIR /opt/alertcap\n")
        .contains("COPY --from=build /native native\n");
  }

  @Test
  void jnaUnpacksNothing() {
    List<String> command = new ArrayList<>(List.of(JAVA_BIN.resolve("java").toString()));
    command.addAll(options("capturer.jvm"));
    command.addAll(List.of("-Djna.nounpack=true", "-cp", System.getProperty("java.class.path")));
    command.add("com.sun.jna.Native");

    Finished jna = Programs.run(command.toArray(String[]::new));

    assertThat(jna.exitCode()).as(jna.output()).isZero();
    assertThat(jna.output()).contains("Native: ");
  }

  /** Those of the image that are about native libraries, with the directory of this test. */
  private List<String> options(String file) {
    return Repository.text(Repository.path("deploy/images/" + file))
        .lines()
        .filter(line -> line.startsWith("-D") || line.startsWith("--enable-native-access"))
        .map(line -> line.replace(IN_THE_IMAGE, natives.toString()))
        .toList();
  }

  private static List<Path> jars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(jar -> jar.getFileName().toString().matches("(jna|zstd-jni)-[0-9].*\\.jar"))
        .toList();
  }
}
