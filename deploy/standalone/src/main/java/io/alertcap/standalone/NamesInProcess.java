package io.alertcap.standalone;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.enrich.names.AddressNames;
import io.alertcap.capturer.enrich.names.NameLookup;
import io.alertcap.schemas.Peer;
import io.alertcap.trigger.target.AddressBook;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trigger service of the same process, asked without its front: whatever that wants to know of
 * callers, there is no credential to make, to keep and to lose.
 */
record NamesInProcess(AddressBook addresses) implements AddressNames {

  /** Answered from memory. */
  @Override
  public NameLookup lookUp(Collection<IpAddress> asked, Duration atMost) {
    Map<IpAddress, List<String>> names = new HashMap<>();
    for (IpAddress address : asked) {
      List<String> known =
          addresses.namesOf(address.toString()).stream().limit(Peer.MAX_NAMES).toList();
      if (!known.isEmpty()) {
        names.put(address, known);
      }
    }
    return new NameLookup.Found(names);
  }
}
