package io.alertcap.capturer.upload;

import java.util.Map;

/**
 * An object to be stored.
 *
 * @param metadata US-ASCII
 */
public record StoredObject(String key, String contentType, Map<String, String> metadata) {

  public StoredObject {
    metadata = Map.copyOf(metadata);
  }
}
