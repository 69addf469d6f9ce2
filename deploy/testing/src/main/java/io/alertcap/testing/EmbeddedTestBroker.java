package io.alertcap.testing;

import io.alertcap.embedded.CannotStartException;
import io.alertcap.embedded.EmbeddedBroker;

/** The embedded broker, on a directory that goes when it goes. */
record EmbeddedTestBroker(EmbeddedBroker broker, ScratchDirectory directory) implements TestBroker {

  static EmbeddedTestBroker start() {
    ScratchDirectory directory = ScratchDirectory.create("kafka");
    try {
      return new EmbeddedTestBroker(EmbeddedBroker.start(directory.path(), 0), directory);
    } catch (CannotStartException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void close() {
    broker.close();
    directory.close();
  }
}
