/** Docker hosts: the Compose file, and captures of real containers. */
@NullMarked
package io.alertcap.acceptance.docker;

import org.jspecify.annotations.NullMarked;
