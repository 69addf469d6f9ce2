@NullMarked
package io.alertcap.trigger.rule;

import org.jspecify.annotations.NullMarked;
