package io.alertcap.embedded;

import java.util.Properties;

/** How a broker finds out who its clients are. */
public sealed interface BrokerAccess permits BrokerUsers, BrokerTokens {

  /**
   * Adds to the settings of a broker.
   *
   * @param clients name of the listener for clients
   * @param controller name of that of the controller, where nobody logs in
   */
  void applyTo(Properties settings, String clients, String controller);
}
