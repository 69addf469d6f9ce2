/**
 * The containers of one Docker host as targets: what Docker's Engine API lists, asked again every
 * few seconds and kept in memory. Nothing but that list is ever asked for.
 */
@NullMarked
package io.alertcap.trigger.docker;

import org.jspecify.annotations.NullMarked;
