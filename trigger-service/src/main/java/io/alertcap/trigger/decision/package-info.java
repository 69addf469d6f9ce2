/** What follows from a notification: which captures to make, and which not, and why. */
@NullMarked
package io.alertcap.trigger.decision;

import org.jspecify.annotations.NullMarked;
