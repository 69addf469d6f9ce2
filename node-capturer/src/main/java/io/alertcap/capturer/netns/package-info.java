/**
 * Into a container's network namespace and back: opening it, proving that it is the right one, and
 * running a few milliseconds of work inside, without a child process.
 */
@NullMarked
package io.alertcap.capturer.netns;

import org.jspecify.annotations.NullMarked;
