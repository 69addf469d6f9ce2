package io.alertcap.capturer.capture;

import io.alertcap.capturer.netns.NetworkNamespace;

/** Where packets come from: opens taps on interfaces of a namespace. */
public interface PacketSource {

  /**
   * Opens a tap whose filter is active: nothing that it does not let through is ever delivered.
   * Blocks for tens of milliseconds, and for up to a second if the filter is long.
   *
   * @param namespace stays the caller's, and may be closed as soon as this returns
   */
  TapOpening open(NetworkNamespace namespace, CapturePlan plan);
}
