package io.alertcap.capturer.dns;

/**
 * A resource record, as text.
 *
 * @param owner the name it belongs to, escaped
 * @param ttlSeconds as it stands in the message, 0 to 4294967295
 * @param data in the form of zone files, escaped; {@code \# n hex} (RFC 3597) where the type has no
 *     form here or the data is not what the type says
 */
record DnsRecord(String owner, int type, long ttlSeconds, String data) {

  String typeText() {
    return DnsCodes.type(type);
  }
}
