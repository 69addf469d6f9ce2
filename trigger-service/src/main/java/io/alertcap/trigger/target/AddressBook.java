package io.alertcap.trigger.target;

import java.util.List;

/** Knows what addresses are called. Thread-safe; answers from memory, without waiting. */
public interface AddressBook {

  /**
   * What this address is called: {@code namespace/pod}, {@code namespace/service}, or the name of
   * the node whose address it is. A pod that shares its node's network has no address of its own,
   * so that its address is called by the node's name.
   *
   * @param address IPv4 or IPv6, in any spelling; no name server is asked about anything else
   * @return the best name first; empty for an address that is not known, and for what is none
   */
  List<String> namesOf(String address);
}
