package io.alertcap.capturer.enrich;

import io.alertcap.schemas.PayloadProfile;
import java.util.function.Predicate;

/**
 * What a node's operator lets leave the node.
 *
 * @param atMost for every namespace
 * @param heldToHeaders namespaces of which no payload leaves the node, DNS included
 */
public record PayloadPolicy(PayloadProfile atMost, Predicate<String> heldToHeaders) {

  /** Nothing is held back. */
  public static final PayloadPolicy EVERYTHING =
      new PayloadPolicy(PayloadProfile.FULL, namespace -> false);

  /** The stricter of what a rule asks for and what this allows for the target's namespace. */
  public PayloadProfile decide(PayloadProfile asked, String namespace) {
    PayloadProfile allowed =
        heldToHeaders.test(namespace) ? PayloadProfile.HEADERS : PayloadProfile.FULL;
    return asked.stricter(atMost).stricter(allowed);
  }
}
