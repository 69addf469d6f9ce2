/**
 * Who is calling, and what they may do: tokens, passwords and client certificates, held against
 * what files say that can change while the service runs.
 */
@NullMarked
package io.alertcap.trigger.access;

import org.jspecify.annotations.NullMarked;
