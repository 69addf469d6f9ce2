package io.alertcap.capturer.dns;

import io.alertcap.schemas.DnsSide;

/** The figures of one role. */
record Side(Role role, DnsSide report) {

  String queriesOf() {
    return switch (role) {
      case SERVED -> "to the target";
      case UPSTREAM -> "that the target sent";
      case OTHER -> "in the capture";
    };
  }

  String answersOf() {
    return switch (role) {
      case SERVED -> "of the target";
      case UPSTREAM -> "to the target's own queries";
      case OTHER -> "in the capture";
    };
  }
}
