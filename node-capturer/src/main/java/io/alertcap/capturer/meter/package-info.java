/**
 * What the capturer counts and measures, and what it marks its log lines with; docs/metrics.md is
 * the counterpart for people.
 */
@NullMarked
package io.alertcap.capturer.meter;

import org.jspecify.annotations.NullMarked;
