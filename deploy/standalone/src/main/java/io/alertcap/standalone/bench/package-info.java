/**
 * The measurements of docs/benchmarks.md: what a capture loses and costs, side by side with tcpdump
 * and dumpcap, and how fast a container's process is found. Each {@link Measure} stands alone.
 */
@NullMarked
package io.alertcap.standalone.bench;

import org.jspecify.annotations.NullMarked;
