package io.alertcap.trigger.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What decisions look captures up by: 64 bits of SHA-256, so that the indexes stay small. What has
 * the same key is compared in full afterwards.
 */
final class LookupKey {

  private LookupKey() {}

  static long of(RuleAndTarget target) {
    return digest(target.rule(), target.namespace(), target.pod(), target.identity().orElse(""));
  }

  static long of(Incident incident) {
    RuleAndTarget target = incident.ruleAndTarget();
    return digest(
        target.rule(),
        target.namespace(),
        target.pod(),
        target.identity().orElse(""),
        incident.fingerprint());
  }

  private static long digest(String... parts) {
    try {
      byte[] all = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(all)).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
