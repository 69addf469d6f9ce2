/**
 * The record of captures: what {@code alertcap.events} tells, folded in memory and rebuilt from the
 * topic at every start. It is what the API shows, and what tells a decision that something was
 * captured already.
 */
@NullMarked
package io.alertcap.trigger.record;

import org.jspecify.annotations.NullMarked;
