/** What a service counts and measures, in the form that Prometheus reads on {@code /metrics}. */
@NullMarked
package io.alertcap.foundation.metrics;

import org.jspecify.annotations.NullMarked;
