/** How the lines of the log look: text for people, or JSON for machines. */
@NullMarked
package io.alertcap.foundation.log;

import org.jspecify.annotations.NullMarked;
