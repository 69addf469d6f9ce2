/**
 * How a decision leaves the service: the command to the node, then the event that tells everybody
 * of it, both on Kafka before anybody is promised anything.
 */
@NullMarked
package io.alertcap.trigger.dispatch;

import org.jspecify.annotations.NullMarked;
