/** What Alertmanager says: its webhook payload, read leniently where it may grow. */
@NullMarked
package io.alertcap.trigger.alertmanager;

import org.jspecify.annotations.NullMarked;
