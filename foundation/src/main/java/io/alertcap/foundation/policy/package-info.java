/** What the policies of both services share: one section may serve both. */
@NullMarked
package io.alertcap.foundation.policy;

import org.jspecify.annotations.NullMarked;
