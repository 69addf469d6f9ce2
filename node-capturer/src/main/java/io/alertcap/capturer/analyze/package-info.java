/** {@code ./alertcap analyze}: what a capture file shows, for any file, by hand. */
@NullMarked
package io.alertcap.capturer.analyze;

import org.jspecify.annotations.NullMarked;
