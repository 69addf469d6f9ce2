package io.alertcap.foundation.config;

/** One thing to put right, in one line. */
record Problem(Location location, String path, String message) {

  @Override
  public String toString() {
    return location + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
