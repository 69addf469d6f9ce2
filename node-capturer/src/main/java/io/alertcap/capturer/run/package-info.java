/**
 * One capture from its command to its file: what is done in which order, and what every outcome is
 * called. The only package that knows all of the others.
 */
@NullMarked
package io.alertcap.capturer.run;

import org.jspecify.annotations.NullMarked;
