package io.alertcap.trigger.alertmanager;

import io.alertcap.schemas.json.Reading;

/** What came of reading a webhook's body. */
public sealed interface WebhookReading {

  record Whole(Notification notification) implements WebhookReading {}

  /** The body is not an Alertmanager webhook. */
  record Malformed(Reading.Invalid<Notification> problem) implements WebhookReading {}

  /**
   * What it says does not fit into the memory that there is.
   *
   * @param alerts that were read until then
   */
  record OutOfMemory(int alerts) implements WebhookReading {}
}
