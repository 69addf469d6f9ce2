/** That no secret is written anywhere. */
@NullMarked
package io.alertcap.acceptance.secret;

import org.jspecify.annotations.NullMarked;
