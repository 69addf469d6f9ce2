/** From a container's ID to its packets: the steps together, on real parts. */
@NullMarked
package io.alertcap.capturer.journey;

import org.jspecify.annotations.NullMarked;
