/**
 * What crosses a boundary: commands, events and records of captures, and their parts. Every type is
 * immutable and checks itself, so that one that exists is one that may be acted upon.
 */
@NullMarked
package io.alertcap.schemas;

import org.jspecify.annotations.NullMarked;
