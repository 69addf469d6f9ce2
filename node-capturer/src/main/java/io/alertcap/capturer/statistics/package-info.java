/**
 * Figures about millions of packets in a memory that does not grow with them: percentiles, the
 * largest few of many, tables that let go of their oldest entry.
 */
@NullMarked
package io.alertcap.capturer.statistics;

import org.jspecify.annotations.NullMarked;
