/**
 * The record of captures: what {@code alertcap.events} tells, folded onto disk, and read on from
 * where it was left at every start. It is what the API shows, and what tells a decision that
 * something was captured already.
 */
@NullMarked
package io.alertcap.trigger.record;

import org.jspecify.annotations.NullMarked;
