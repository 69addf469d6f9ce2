package io.alertcap.schemas;

import java.util.regex.Pattern;

/**
 * The uploaded file.
 *
 * @param bucket of the object
 * @param key of the object
 * @param bytes size of the object
 * @param sha256 of the object's bytes, hexadecimal
 * @param format {@code pcap} or {@code pcapng}
 * @param compression {@code none}, {@code gzip} or {@code zstd}
 * @param packets in the file
 * @param linkType libpcap's name of it, {@code EN10MB}
 */
public record Artifact(
    String bucket,
    String key,
    long bytes,
    String sha256,
    String format,
    String compression,
    long packets,
    String linkType) {

  private static final Pattern BUCKET = Pattern.compile("[-a-z0-9.]{3,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FORMAT = Pattern.compile("pcap|pcapng");
  private static final Pattern COMPRESSION = Pattern.compile("none|gzip|zstd");

  public Artifact {
    Constraints.matching(bucket, BUCKET, "bucket", "the name of a bucket");
    Constraints.objectKey(key, "key");
    Constraints.within(bytes, 0, Long.MAX_VALUE, "bytes");
    Constraints.matching(sha256, SHA256, "sha256", "64 hexadecimal digits");
    Constraints.matching(format, FORMAT, "format", "pcap or pcapng");
    Constraints.matching(compression, COMPRESSION, "compression", "none, gzip or zstd");
    Constraints.within(packets, 0, Long.MAX_VALUE, "packets");
    Constraints.linkType(linkType, "linkType");
  }
}
