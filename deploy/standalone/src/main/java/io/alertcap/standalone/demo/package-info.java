/**
 * Shows the pipeline at work: a network namespace like a pod's, DNS traffic in it, an alert about
 * it, and the capture that comes of it.
 */
@NullMarked
package io.alertcap.standalone.demo;

import org.jspecify.annotations.NullMarked;
