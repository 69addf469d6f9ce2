/** What the command lines of all services have in common. */
@NullMarked
package io.alertcap.foundation.program;

import org.jspecify.annotations.NullMarked;
