/** Tests of the whole, where all parts can be seen. */
@NullMarked
package io.alertcap.standalone;

import org.jspecify.annotations.NullMarked;
