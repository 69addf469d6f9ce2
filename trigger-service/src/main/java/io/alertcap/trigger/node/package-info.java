/** Which nodes have a capturer: what {@code alertcap.nodes} tells. */
@NullMarked
package io.alertcap.trigger.node;

import org.jspecify.annotations.NullMarked;
