package io.alertcap.capturer.enrich.file;

/**
 * What a file says about itself before its first packet.
 *
 * @param application that wrote it, and its version
 * @param operatingSystem on which it was captured
 * @param comment why the file exists; lines are separated by {@code \n}
 * @param interfaceName on which it was captured
 * @param interfaceDescription whose interface that is
 * @param filter in libpcap's syntax; empty for none
 * @param snaplen most bytes kept of a packet
 * @param linkTypeNumber as tcpdump's list of link types has it
 */
public record FileDescription(
    String application,
    String operatingSystem,
    String comment,
    String interfaceName,
    String interfaceDescription,
    String filter,
    int snaplen,
    int linkTypeNumber) {}
