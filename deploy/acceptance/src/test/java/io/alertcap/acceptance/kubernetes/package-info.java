/**
 * The manifests of {@code deploy/kubernetes}: that a cluster would take them, and what they allow.
 */
@NullMarked
package io.alertcap.acceptance.kubernetes;

import org.jspecify.annotations.NullMarked;
