/**
 * Packets from a network namespace into a file: a live, filtered tap on an interface ({@link
 * PacketSource}, {@link PacketTap}), and apart from it when to keep what it delivers ({@link
 * Capture}). Packets go from the kernel to the file without passing through Java; they are looked
 * at afterwards ({@link PcapFile}).
 */
@NullMarked
package io.alertcap.capturer.capture;

import org.jspecify.annotations.NullMarked;
