@NullMarked
package io.alertcap.trigger.decision;

import org.jspecify.annotations.NullMarked;
