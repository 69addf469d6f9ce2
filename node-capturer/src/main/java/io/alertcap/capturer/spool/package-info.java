/**
 * What a capture leaves on the node until it is delivered: its file, and the journal of its steps,
 * from which every capture is taken up again after a crash.
 */
@NullMarked
package io.alertcap.capturer.spool;

import org.jspecify.annotations.NullMarked;
