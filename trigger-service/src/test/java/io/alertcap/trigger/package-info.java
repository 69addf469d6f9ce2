@NullMarked
package io.alertcap.trigger;

import org.jspecify.annotations.NullMarked;
