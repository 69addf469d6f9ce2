package io.alertcap.foundation.config;

/** What lies under a key. */
sealed interface Found<T> {

  record Value<T>(T value) implements Found<T> {}

  record Nothing<T>() implements Found<T> {}

  /** Something that cannot be used, and has been reported. */
  record Broken<T>() implements Found<T> {}
}
