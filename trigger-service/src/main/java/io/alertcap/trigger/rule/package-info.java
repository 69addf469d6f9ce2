/** What the operator decided beforehand: for which alerts, whose and which packets. */
@NullMarked
package io.alertcap.trigger.rule;

import org.jspecify.annotations.NullMarked;
