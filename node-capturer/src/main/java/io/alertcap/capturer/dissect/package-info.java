/**
 * The headers of a captured packet: link, network and transport, read in place. One {@link
 * Dissector} is used again for every packet of a file; it allocates nothing, and takes any bytes
 * whatever without an exception.
 */
@NullMarked
package io.alertcap.capturer.dissect;

import org.jspecify.annotations.NullMarked;
