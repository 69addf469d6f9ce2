package io.alertcap.testing;

/** A broker that runs until it is closed. */
interface TestBroker extends AutoCloseable {
  String bootstrapServers();

  @Override
  void close();
}
