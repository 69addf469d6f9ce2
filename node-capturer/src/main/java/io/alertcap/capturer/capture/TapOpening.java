package io.alertcap.capturer.capture;

import io.alertcap.capturer.netns.Capability;
import java.util.List;

/** What came of opening a tap. */
public sealed interface TapOpening {

  /** Packets are being kept back in the kernel's ring from now on. The receiver closes the tap. */
  record Opened(PacketTap tap) implements TapOpening {}

  /**
   * There is no interface such as was asked for.
   *
   * @param existing those that there are
   */
  record InterfaceNotFound(String reason, List<String> existing) implements TapOpening {}

  /**
   * The filter does not compile.
   *
   * @param reason in libpcap's own words
   */
  record InvalidFilter(String reason) implements TapOpening {}

  /** The capturer itself lacks a capability. */
  record PermissionDenied(Capability missing, String reason) implements TapOpening {}

  /** libpcap or the kernel refused for a reason that no setting explains. */
  record Failed(String reason) implements TapOpening {}
}
