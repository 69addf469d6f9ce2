package io.alertcap.schemas;

/**
 * A capture that runs on a node.
 *
 * @param bytes of its file by now
 */
public record NodeCapture(CaptureId id, long bytes) {

  public NodeCapture {
    Constraints.present(id, "id");
    Constraints.count(bytes, "bytes");
  }
}
