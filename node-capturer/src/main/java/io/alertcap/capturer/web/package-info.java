/** What the capturer answers over HTTP: whether it is alive and ready, and its metrics. */
@NullMarked
package io.alertcap.capturer.web;

import org.jspecify.annotations.NullMarked;
