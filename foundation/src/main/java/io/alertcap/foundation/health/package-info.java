/** What a service says of itself on {@code /livez} and {@code /readyz}. */
@NullMarked
package io.alertcap.foundation.health;

import org.jspecify.annotations.NullMarked;
