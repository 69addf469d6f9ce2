/** How commands and events lie on Kafka: topics, keys, partitions, headers, values. */
@NullMarked
package io.alertcap.schemas.kafka;

import org.jspecify.annotations.NullMarked;
