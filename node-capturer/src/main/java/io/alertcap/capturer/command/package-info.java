/** From Kafka: the commands for this node, each taken once it is safe on disk. */
@NullMarked
package io.alertcap.capturer.command;

import org.jspecify.annotations.NullMarked;
