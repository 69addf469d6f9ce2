@NullMarked
package io.alertcap.trigger.node;

import org.jspecify.annotations.NullMarked;
