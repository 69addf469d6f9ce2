package io.alertcap.capturer.upload;

import io.alertcap.schemas.CaptureEvent;

/** What came of an attempt to deliver a capture. */
sealed interface DeliveryAnswer {

  /** Everything has arrived. */
  record Delivered(CaptureEvent.Completed completed) implements DeliveryAnswer {}

  /** The store has not taken everything. */
  record NotStored(StoreAnswer.Failed failure) implements DeliveryAnswer {}

  /**
   * There was nothing to send, which is not the store's fault.
   *
   * @param reason a sentence
   */
  record NotPrepared(String reason) implements DeliveryAnswer {}
}
