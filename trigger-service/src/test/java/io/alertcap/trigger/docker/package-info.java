@NullMarked
package io.alertcap.trigger.docker;

import org.jspecify.annotations.NullMarked;
