/**
 * The pods of a cluster, as its API server tells of them: one shared view in memory, from which
 * every question is answered without a call.
 */
@NullMarked
package io.alertcap.trigger.kubernetes;

import org.jspecify.annotations.NullMarked;
