/** From the spool to the object store, for as long as it takes and never twice. */
@NullMarked
package io.alertcap.capturer.upload;

import org.jspecify.annotations.NullMarked;
