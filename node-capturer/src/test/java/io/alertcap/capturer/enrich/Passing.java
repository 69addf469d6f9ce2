package io.alertcap.capturer.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.capturer.enrich.names.NameLookup;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the pass run it with: files to read and to write, names, and observers. */
abstract class Passing {

  @TempDir Path directory;
  Path plain;
  Path target;

  @BeforeEach
  void nameTheFiles() {
    plain = directory.resolve("capture.pcap");
    target = directory.resolve("upload");
  }

  EnrichResult enriched(EnrichContext context, KnownNames known) {
    AddressNames names = (asked, atMost) -> new NameLookup.Found(known.of(asked));
    EnrichOutcome outcome =
        new EnrichPass(Optional.of(names), Room.ENDLESS).run(plain, target, context, List.of());
    assertThat(outcome).isInstanceOf(EnrichOutcome.Enriched.class);
    return ((EnrichOutcome.Enriched) outcome).result();
  }

  interface KnownNames {
    Map<IpAddress, List<String>> of(Collection<IpAddress> asked);
  }

  EnrichOutcome run(EnrichContext context, List<PacketObserver> observers) {
    return new EnrichPass(Optional.empty(), Room.ENDLESS).run(plain, target, context, observers);
  }

  interface Look {
    void at(long nanos, Dissector packet);
  }

  static PacketObserver observer(Look look) {
    return new PacketObserver() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void packet(long epochNanos, Dissector packet) {
        look.at(epochNanos, packet);
      }
    };
  }
}
