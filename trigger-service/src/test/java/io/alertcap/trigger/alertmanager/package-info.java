@NullMarked
package io.alertcap.trigger.alertmanager;

import org.jspecify.annotations.NullMarked;
