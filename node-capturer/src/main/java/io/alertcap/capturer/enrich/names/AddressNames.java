package io.alertcap.capturer.enrich.names;

import io.alertcap.capturer.dissect.IpAddress;
import java.time.Duration;
import java.util.Collection;

/** Whoever knows what addresses are called. */
public interface AddressNames {

  /**
   * Asks for names, {@code namespace/pod} and {@code namespace/service}. Blocks, and never for much
   * longer than it is given. Thread-safe.
   */
  NameLookup lookUp(Collection<IpAddress> addresses, Duration atMost);
}
