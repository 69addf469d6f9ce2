/**
 * The whole pipeline on one machine: an embedded Kafka broker, an embedded S3 server, and the two
 * services, which do not know that they share a process.
 */
@NullMarked
package io.alertcap.standalone;

import org.jspecify.annotations.NullMarked;
