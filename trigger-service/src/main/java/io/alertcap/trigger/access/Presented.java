package io.alertcap.trigger.access;

import java.util.Optional;

/**
 * What a request shows of its sender.
 *
 * @param authorization the header of that name
 * @param commonName of the subject of the client's certificate, which TLS has verified
 */
public record Presented(Optional<String> authorization, Optional<String> commonName) {

  @Override
  public String toString() {
    return "Presented[(secret)]";
  }
}
