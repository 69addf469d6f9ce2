/**
 * The trigger service: alerts in, capture commands out, and the record of what came of them. {@link
 * io.alertcap.trigger.TriggerService} wires the stages, in the order of an alert's journey.
 */
@NullMarked
package io.alertcap.trigger;

import org.jspecify.annotations.NullMarked;
