/**
 * Capture files of both formats as streams: {@link
 * io.alertcap.capturer.enrich.file.CaptureFileReader} reads pcap and pcapng packet by packet in
 * bounded memory.
 */
@NullMarked
package io.alertcap.capturer.enrich.file;

import org.jspecify.annotations.NullMarked;
