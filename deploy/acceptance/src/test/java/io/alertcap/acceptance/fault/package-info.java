/** Services that are set up wrong, or whose machine is: what they say of it. */
@NullMarked
package io.alertcap.acceptance.fault;

import org.jspecify.annotations.NullMarked;
