package io.alertcap.capturer.spool;

import io.alertcap.schemas.CaptureId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Where things lie in the spool. A {@link CaptureId} is a safe file name by its alphabet; no other
 * text from outside becomes part of a path.
 *
 * @param root {@code spool.directory}
 */
record SpoolLayout(Path root) {

  /** Packets are other people's words: nobody but the owner reads them. */
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  static final String JOURNAL = "journal.json";
  static final String PACKETS = "capture.pcap";

  /** What is made of the packets to be uploaded; drafts of it have names of their own. */
  static final String ENRICHED = "enriched";

  static final String TRANSCRIPT = "transcript.txt";

  /** What is known of these two, written when both are on disk. */
  static final String PREPARED = "prepared.json";

  /** A byte for each pass over the packets that is under way, or never ended. */
  static final String PASSES = "passes";

  void create() throws IOException {
    for (Path directory : List.of(root, captures(), finished(), kept(), quarantine())) {
      Files.createDirectories(directory, OWNER_ONLY);
    }
    DurableFile.syncDirectory(root);
  }

  /** One directory per capture that is under way. */
  Path captures() {
    return root.resolve("captures");
  }

  Path capture(CaptureId id) {
    return captures().resolve(id.value());
  }

  /** One small file per capture that is done, so that it is not done again. */
  Path finished() {
    return root.resolve("finished");
  }

  Path finished(CaptureId id) {
    return finished().resolve(id + ".json");
  }

  /** Files that could not be delivered: theirs to fetch and delete who runs the node. */
  Path kept() {
    return root.resolve("kept");
  }

  Path kept(CaptureId id) {
    return kept().resolve(id + ".pcap");
  }

  /** Directories whose journal could not be read. */
  Path quarantine() {
    return root.resolve("quarantine");
  }

  Path lock() {
    return root.resolve("lock");
  }
}
