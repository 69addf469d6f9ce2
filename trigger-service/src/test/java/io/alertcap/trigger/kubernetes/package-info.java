@NullMarked
package io.alertcap.trigger.kubernetes;

import org.jspecify.annotations.NullMarked;
