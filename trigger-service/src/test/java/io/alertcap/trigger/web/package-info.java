@NullMarked
package io.alertcap.trigger.web;

import org.jspecify.annotations.NullMarked;
