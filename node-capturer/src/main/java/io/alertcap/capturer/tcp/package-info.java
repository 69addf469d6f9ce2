/**
 * What the TCP packets of a capture show without their payload: how long connections took to open,
 * what was sent again, reset, or held up by a full window.
 */
@NullMarked
package io.alertcap.capturer.tcp;

import org.jspecify.annotations.NullMarked;
