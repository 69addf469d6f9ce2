/** How long to wait before something that failed is tried again. */
@NullMarked
package io.alertcap.capturer.retry;

import org.jspecify.annotations.NullMarked;
