@NullMarked
package io.alertcap.trigger.dispatch;

import org.jspecify.annotations.NullMarked;
