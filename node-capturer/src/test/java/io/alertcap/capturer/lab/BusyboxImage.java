package io.alertcap.capturer.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A container image of one layer that holds one file, a statically linked busybox: made from what
 * is on the machine, so that nothing has to be pulled.
 */
final class BusyboxImage {

  static final String NAME = "alertcap.test/busybox:latest";
  static final String BUSYBOX = "/bin/busybox";

  private BusyboxImage() {}

  /** Writes the image, as {@code docker save} would, below {@code directory}. */
  static Path archiveIn(Path directory) throws IOException {
    Path rootFs = Files.createDirectories(directory.resolve("rootfs"));
    Files.createDirectory(rootFs.resolve("bin"));
    Files.copy(Path.of(BUSYBOX), rootFs.resolve("bin").resolve("busybox"));
    rootFs.resolve("bin").resolve("busybox").toFile().setExecutable(true, false);
    Path layer = directory.resolve("layer.tar");
    Machine.output("tar", "-C", rootFs.toString(), "-cf", layer.toString(), "bin");

    Files.writeString(
        directory.resolve("config.json"),
        """
        {"architecture": "%s", "os": "linux", "config": {},
         "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
        """
            .formatted(architecture(), sha256(layer)));
    Files.writeString(
        directory.resolve("manifest.json"),
        """
        [{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]
        """
            .formatted(NAME));
    Path image = directory.resolve("image.tar");
    Machine.output(
        "tar",
        "-C",
        directory.toString(),
        "-cf",
        image.toString(),
        "manifest.json",
        "config.json",
        "layer.tar");
    return image;
  }

  /** What images call it. */
  private static String architecture() {
    String javas = System.getProperty("os.arch", "");
    return javas.equals("aarch64") ? "arm64" : javas;
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
