@NullMarked
package io.alertcap.trigger.record;

import org.jspecify.annotations.NullMarked;
