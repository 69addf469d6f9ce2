@NullMarked
package io.alertcap.trigger.target;

import org.jspecify.annotations.NullMarked;
