package io.alertcap.capturer.upload;

/** What came of asking the store for something. */
public sealed interface StoreAnswer {

  /** Done, and acknowledged. */
  record Done() implements StoreAnswer {}

  /**
   * Not now. Whatever the reason, it is worth another try: somebody may be changing the setting.
   *
   * @param reason a sentence that says what to do
   * @param needsOperator whether it will not pass by itself, as far as one can tell
   */
  record Failed(String reason, boolean needsOperator) implements StoreAnswer {}
}
