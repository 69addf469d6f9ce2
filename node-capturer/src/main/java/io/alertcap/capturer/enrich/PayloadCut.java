package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.schemas.PayloadProfile;

/** What a profile leaves of a packet, in bytes from its first. */
record PayloadCut(PayloadProfile profile, DnsPorts dns) {

  int keptBytes(Dissector packet, int captured) {
    return switch (profile) {
      case FULL -> captured;
      case DNS -> dns.concerns(packet) ? captured : packet.headerBytes();
      case HEADERS -> packet.headerBytes();
    };
  }

  /** Of a packet in which headers cannot be told from payload. */
  int keptBytesOfUnreadable(int captured) {
    return profile == PayloadProfile.FULL ? captured : 0;
  }
}
