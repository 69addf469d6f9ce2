/** Signatures of commands: who may write to a topic is not all who may command a node. */
@NullMarked
package io.alertcap.foundation.signature;

import org.jspecify.annotations.NullMarked;
