@NullMarked
package io.alertcap.trigger.access;

import org.jspecify.annotations.NullMarked;
