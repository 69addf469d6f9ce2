/**
 * What the DNS packets of a capture say: queries matched with their answers ({@link
 * io.alertcap.capturer.dns.DnsAnalysis}), figures from the target's point of view ({@link
 * io.alertcap.capturer.dns.DnsReport}), one sentence about them ({@link
 * io.alertcap.capturer.dns.Verdict}), and a line for each transaction ({@link
 * io.alertcap.capturer.dns.Transcript}).
 */
@NullMarked
package io.alertcap.capturer.dns;

import org.jspecify.annotations.NullMarked;
