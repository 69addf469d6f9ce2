/**
 * The node capturer: commands in, packets captured, files uploaded, events out. The packages follow
 * a command's way: {@code command → container → netns → capture → spool → upload → event}; {@code
 * run} goes it.
 */
@NullMarked
package io.alertcap.capturer;

import org.jspecify.annotations.NullMarked;
