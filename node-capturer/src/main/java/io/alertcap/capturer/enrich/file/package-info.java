/**
 * Capture files of both formats as streams: {@link
 * io.alertcap.capturer.enrich.file.CaptureFileReader} reads pcap and pcapng packet by packet in
 * bounded memory, {@link io.alertcap.capturer.enrich.file.CaptureFileWriter} writes them, {@link
 * io.alertcap.capturer.enrich.file.Compression} compresses what is written.
 */
@NullMarked
package io.alertcap.capturer.enrich.file;

import org.jspecify.annotations.NullMarked;
