/**
 * From the plain pcap in the spool to what is uploaded: one pass that cuts payload where a profile
 * says so, adds the alert, the names and the counts, compresses, and shows every packet to whoever
 * analyses them ({@link io.alertcap.capturer.enrich.EnrichPass}).
 */
@NullMarked
package io.alertcap.capturer.enrich;

import org.jspecify.annotations.NullMarked;
