/**
 * The two servers that alertcap talks to, inside this process and on the loopback interface only:
 * for one machine without Kafka and S3, and for tests that want the real thing.
 */
@NullMarked
package io.alertcap.embedded;

import org.jspecify.annotations.NullMarked;
