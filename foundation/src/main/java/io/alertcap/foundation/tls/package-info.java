/** Whom a TLS client trusts. */
@NullMarked
package io.alertcap.foundation.tls;

import org.jspecify.annotations.NullMarked;
