/** From Prometheus to the dashboard: rules, routes, and the real way of an alert. */
@NullMarked
package io.alertcap.acceptance.alerting;

import org.jspecify.annotations.NullMarked;
