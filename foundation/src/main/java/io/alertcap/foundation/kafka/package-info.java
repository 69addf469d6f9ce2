/**
 * Kafka as both services reach it: where it is, how patient a client may be, and whether the two
 * topics are there.
 */
@NullMarked
package io.alertcap.foundation.kafka;

import org.jspecify.annotations.NullMarked;
