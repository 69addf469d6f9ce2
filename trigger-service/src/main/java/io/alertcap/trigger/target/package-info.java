/** From the labels of an alert to the pods whose packets tell about it. */
@NullMarked
package io.alertcap.trigger.target;

import org.jspecify.annotations.NullMarked;
