package io.alertcap.capturer.spool;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Bytes of all that lies in a directory, while others may delete what is there. */
final class DirectorySize extends SimpleFileVisitor<Path> {

  private long bytes;

  private DirectorySize() {}

  /** Of each file, however deep, and of each directory: many small ones take room, too. */
  static long of(Path directory) throws IOException {
    DirectorySize size = new DirectorySize();
    Files.walkFileTree(directory, size);
    return size.bytes - Files.size(directory);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    bytes += attributes.size();
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    bytes += attributes.size();
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
    return unlessGone(problem);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
      throws IOException {
    return problem == null ? FileVisitResult.CONTINUE : unlessGone(problem);
  }

  private static FileVisitResult unlessGone(IOException problem) throws IOException {
    if (problem instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw problem;
  }
}
