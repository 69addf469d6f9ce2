/** From the journal to Kafka: every event is told at least once, those of a capture in order. */
@NullMarked
package io.alertcap.capturer.event;

import org.jspecify.annotations.NullMarked;
