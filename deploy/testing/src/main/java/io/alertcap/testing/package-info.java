/** What the tests of several modules need: a real Kafka broker and a real S3 server. */
@NullMarked
package io.alertcap.testing;

import org.jspecify.annotations.NullMarked;
