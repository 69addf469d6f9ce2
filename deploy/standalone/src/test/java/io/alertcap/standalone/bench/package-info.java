@NullMarked
package io.alertcap.standalone.bench;

import org.jspecify.annotations.NullMarked;
