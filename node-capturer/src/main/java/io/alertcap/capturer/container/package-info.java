/**
 * From a container ID to the container's own first process, by way of the host's cgroups. The
 * answer says how the process can be recognised again, because a PID alone proves nothing.
 */
@NullMarked
package io.alertcap.capturer.container;

import org.jspecify.annotations.NullMarked;
