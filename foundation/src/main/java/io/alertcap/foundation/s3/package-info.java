/** The object store as both services reach it: where it is, with which keys, and how patiently. */
@NullMarked
package io.alertcap.foundation.s3;

import org.jspecify.annotations.NullMarked;
