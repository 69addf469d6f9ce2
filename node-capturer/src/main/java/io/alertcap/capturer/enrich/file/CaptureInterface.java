package io.alertcap.capturer.enrich.file;

import io.alertcap.capturer.dissect.LinkType;
import java.util.Optional;

/**
 * Where packets of a file were captured, as far as it is needed to read them.
 *
 * @param linkTypeNumber as it stands in the file
 * @param linkType absent where the link layer is not one that can be dissected
 * @param snaplen most bytes kept of a packet; 0 for no limit
 */
public record CaptureInterface(
    int linkTypeNumber, Optional<LinkType> linkType, long snaplen, TimeUnits units) {

  static CaptureInterface of(int linkTypeNumber, long snaplen, TimeUnits units) {
    return new CaptureInterface(linkTypeNumber, LinkType.of(linkTypeNumber), snaplen, units);
  }

  /** libpcap's name of the link type, or {@code LINKTYPE_} and its number. */
  public String linkTypeName() {
    return linkType.map(LinkType::name).orElse("LINKTYPE_" + linkTypeNumber);
  }
}
